import type { Naming } from '../data/naming.js';
import type { ShowProgress } from '../support/progress.js';
import type { Pool } from './learn/pool/pool.js';

/** What surrounds a run: the compute backend, what was read, and the facts that only the caller may look up (clock, versions). */
export interface TrainContext {
  pool: Pool;
  backend: { name: string; said: string };
  files: string[];
  read: number;
  bad: number;
  warnings: string[];
  created: string;
  versions: Record<string, string>;
  /** How models and tasks were called while reading. */
  naming?: Naming;
  /** Where progress is shown; nowhere where absent. */
  show?: ShowProgress;
}
