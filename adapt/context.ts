import type { Naming } from '../data/naming.js';
import type { Plugins } from '../support/plugins/plugin.js';

/** Facts about an adaptation that only the caller knows: what was read, the time, the versions. */
export interface AdaptContext {
  files: string[];
  warnings: string[];
  created: string;
  versions: Record<string, string>;
  /** The plug-ins of the run. */
  plugins?: Plugins;
  /** Those that made the answers: readers and labellers. */
  madeBy?: Plugins;
  /** How models and tasks were renamed while reading. */
  naming?: Naming;
}
