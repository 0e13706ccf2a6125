import type { Loaded } from '../bundle/loaded.js';
import type { Work } from '../parts.js';
import { inTurns } from '../work/in-turns.js';
import type { InferJob, ResultOf, ScoreJob } from './jobs.js';
import { sharedCopy } from './shared-copy.js';

interface Aside {
  work: Work;
  /** Whether the client has closed its connection. */
  gone(): boolean;
}

/**
 * Processes a request's body in a thread, then counts and logs the result here. Errors: those of the work; TIMED_OUT,
 * TOO_LARGE.
 */
export async function runAside<J extends ScoreJob | InferJob>(
  { side }: Loaded,
  job: Omit<J, 'options' | 'body'> & { parts: readonly Buffer[] },
  { work, gone }: Aside,
): Promise<ResultOf<J>> {
  const { metrics, scored, options } = work;
  const { mostRecords, timeout, logRecords } = options;
  const { parts, ...rest } = job;
  const body = await inTurns(sharedCopy(parts));
  const listener = { ran: metrics.ran, scored, failed: () => {} };
  const whole = { ...rest, body, options: { mostRecords, timeout, logRecords } } as unknown as J;
  return side.run(whole, { seconds: timeout, gone, listener });
}
