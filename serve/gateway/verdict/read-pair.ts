import type { Fields } from '../../../data/check-value.js';
import { VouchError } from '../../../support/errors.js';
import type { Pair } from '../apis/api.js';
import type { Ask } from '../upstream/ask.js';
import type { Judge } from './judging.js';
import { tooLong } from './limits.js';
import { partsOf } from './parts-of.js';
import { noAnswer, type Unscored, unscored } from './verdict.js';

/** An answer as a record that is not checked yet, or the reason why there is none. */
export type Read = { record: Fields; verdict: null } | { record: null; verdict: Unscored };

/** Reads an answer. Never throws. */
export function readPair(
  { task, limits, failed }: Pick<Judge, 'task' | 'limits' | 'failed'>,
  ask: Ask,
  pair: Pair,
): Read {
  try {
    const record = recordOf(ask, pair, task);
    const long = tooLong(record.answer, limits);
    if (long !== null) return { record: null, verdict: unscored(long) };
    if (record.answer !== null) return { record, verdict: null };
    const finish = record.finish == null ? {} : { finish: String(record.finish) };
    return { record: null, verdict: { ...noAnswer, ...finish } };
  } catch (error) {
    failed(error);
    return { record: null, verdict: unscored(whyOf(error)) };
  }
}

/** What a client is told about a failure: never a text of the answer. */
export function whyOf(error: unknown): string {
  return error instanceof VouchError ? `${error.code}: ${error.detail.field ?? 'the answer'}` : 'the scorer failed';
}

/**
 * A pair as a record that is not checked yet. What the client says about its question takes precedence over the log.
 */
function recordOf(
  { api, own }: Ask,
  { request, response }: Pick<Pair, 'request' | 'response'>,
  task: string | null,
): Fields {
  const [part] = partsOf(api.format, request, response);
  if (part === undefined || 'passed' in part) return { answer: null, finish: 'error' };
  if ('failed' in part) throw part.failed;
  const { record } = part;
  return { ...(task === null ? {} : { task }), ...record, ...own };
}
