import type { Naming } from '../data/naming.js';
import type { Plugins } from '../support/plugins/plugin.js';
import type { ShowProgress } from '../support/progress.js';
import type { Pool } from './learn/pool/pool.js';

/** Facts about a run that only the caller knows: the compute backend, what was read, the time, the versions. */
export interface TrainContext {
  pool: Pool;
  backend: { name: string; said: string };
  files: string[];
  read: number;
  bad: number;
  warnings: string[];
  created: string;
  versions: Record<string, string>;
  /** How models and tasks were renamed while reading. */
  naming?: Naming;
  /** The plug-ins of the run. */
  plugins?: Plugins;
  /** Those that made the answers: readers and labellers. */
  madeBy?: Plugins;
  /** Where progress is shown; nowhere where absent. */
  show?: ShowProgress;
}
