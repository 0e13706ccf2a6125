import type { Naming } from '../data/naming.js';

/** What surrounds an adaptation: what was read, and the facts that only the caller may look up (clock, versions). */
export interface AdaptContext {
  files: string[];
  warnings: string[];
  created: string;
  versions: Record<string, string>;
  /** How models and tasks were called while reading. */
  naming?: Naming;
}
