import type { Naming } from '../data/naming.js';
import type { Manifest } from '../models/bundle/manifest.js';
import type { DataFile } from '../report/results.js';
import type { Plugins } from '../support/plugins/plugin.js';
import type { ShowProgress } from '../support/progress.js';
import type { Pool } from './learn/pool/pool.js';

/** Facts about a run that only the caller knows: the compute backend, what was read, the time, the versions. */
export interface TrainContext {
  pool: Pool;
  backend: { name: string; said: string };
  files: string[];
  /** The same files, and those of grades, with their content hashes; absent if nobody hashed them. */
  inputs?: DataFile[];
  read: number;
  bad: number;
  warnings: string[];
  created: string;
  versions: Record<string, string>;
  /** How models and tasks were renamed while reading. */
  naming?: Naming;
  /** The plug-ins of the run. */
  plugins?: Plugins;
  /** What read the answers before signals were computed. */
  encoders?: Manifest['encoders'];
  /** The readers among them that read the answers. */
  madeBy?: Plugins;
  /** Where progress is shown; nowhere where absent. */
  show?: ShowProgress;
}
