import type { MonitorResult } from '../../monitor/results.js';
import type { StoredRun } from '../../monitor/stored/run-stored.js';
import type { ErrorCode } from '../../support/errors.js';

/** What a run in the thread is given: `StoredRun` without its functions, as plain data. */
export type MonitorThreadData = Omit<StoredRun, 'labels' | 'rules' | 'reviews' | 'signal' | 'progress' | 'note'> & {
  /** Answers that the queue draws, on average. */
  queueLabels: number;
};

/** What the thread says at its end. */
export type FromMonitor =
  | { done: { result: MonitorResult; notes: string[] } }
  | { failed: { code: ErrorCode | null; reason: string } };
