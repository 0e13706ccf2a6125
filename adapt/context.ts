import type { Naming } from '../data/naming.js';

/** Facts about an adaptation that only the caller knows: what was read, the time, the versions. */
export interface AdaptContext {
  files: string[];
  warnings: string[];
  created: string;
  versions: Record<string, string>;
  /** How models and tasks were renamed while reading. */
  naming?: Naming;
}
