import { writeAtomic } from '../support/atomic.js';
import { metricsText } from './alerts/metrics-file.js';
import { alertOf, sendAlert } from './alerts/webhook.js';
import { type QueueText, writeQueue } from './queue/write-queue.js';
import type { MonitorResult } from './results.js';
import { type MonitorState, writeState } from './state.js';

/** The files that a run may write: the queue, the findings as JSON, and metrics in the format of Prometheus. */
export interface FindingFiles {
  queue?: string;
  out?: string;
  metrics?: string;
}

/** Writes these files. `recordsOf` finds the answers of the queue. Errors: OUT_UNWRITABLE, DISK_FULL. */
export async function writeFindings(
  { queue, out, metrics }: FindingFiles,
  result: MonitorResult,
  recordsOf: (ids: ReadonlySet<string>) => Promise<ReadonlyMap<string, QueueText>>,
): Promise<void> {
  if (queue !== undefined) {
    await writeQueue(queue, result.queue, await recordsOf(new Set(result.queue.map(({ id }) => id))));
  }
  if (out !== undefined) await writeAtomic(out, `${JSON.stringify(result, null, 1)}\n`);
  if (metrics !== undefined) await writeAtomic(metrics, await metricsText(result));
}

interface Announcing {
  stateFile: string;
  state: MonitorState;
  signal?: AbortSignal;
  /** Gets what the user should know. */
  note(text: string): void;
}

/**
 * Sends what is new, and what no earlier run could send. The state is complete before: a run that is killed while it
 * sends loses nothing, and the next one sends again. So it is written a second time if the webhook took the news.
 */
export async function announce(address: string, { stateFile, state, signal, note }: Announcing): Promise<void> {
  if (state.unsent.length === 0) return;
  const alert = alertOf({ bundle: state.bundle, run: state.runs }, state.unsent);
  const failed = await sendAlert(address, alert, { abort: signal });
  if (failed === null) await writeState(stateFile, { ...state, unsent: [] });
  else note(`the webhook did not take the alarms (${failed}); the next run with --webhook sends them again`);
}
