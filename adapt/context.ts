import type { Naming } from '../data/naming.js';
import type { DataFile } from '../report/results.js';
import type { Plugins } from '../support/plugins/plugin.js';

/** Facts about an adaptation that only the caller knows: what was read, the time, the versions. */
export interface AdaptContext {
  files: string[];
  /** The files that were read, with their content hashes; absent if nobody hashed them. */
  inputs?: DataFile[];
  warnings: string[];
  created: string;
  versions: Record<string, string>;
  /** The plug-ins of the run. */
  plugins?: Plugins;
  /** The readers among them that read the answers. */
  madeBy?: Plugins;
  /** How models and tasks were renamed while reading. */
  naming?: Naming;
}
