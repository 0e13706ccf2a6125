import { setImmediate as turn } from 'node:timers/promises';
import { isObject } from '../../data/check-value.js';
import type { LoggedRecord } from '../../data/record.js';
import type { Logged } from '../../data/token-list.js';
import { linesOf } from '../../scorer/batch/out/json-lines.js';
import type { Trace } from '../../scorer/batch/out/trace.js';
import { scoreChunk } from '../../scorer/batch/score-chunk.js';
import type { Score } from '../../scorer/scorer.js';
import { append } from '../../support/append.js';
import { VouchError } from '../../support/errors.js';
import { plural } from '../../support/words/plural.js';
import type { Loaded } from '../bundle/loaded.js';
import { answerIn } from '../http/answer-in.js';
import { jsonOf } from '../http/body.js';
import { checkSamples } from '../http/check-samples.js';
import { recordsIn } from '../http/records-in.js';
import type { Work } from '../parts.js';
import { newPace } from '../work/pace.js';

/** Records that are scored before other requests are served. */
const CHUNK = 64;

interface Scoring {
  /** The most reasons per answer; 0: none. */
  reasons: number;
  /** Where the scores come from, if each is to say so. */
  trace?: Trace;
  loaded: Loaded;
  work: Work;
  /** Whether the client has closed its connection. */
  gone?(): boolean;
}

/**
 * The reply to POST /v1/score. One record gives one score; `{"records": […]}` gives `{"scores": […]}` in the same
 * order. A record may also be a log line in any format that `vouch score` reads; a line with several answers, sent
 * alone, gives `{"scores": […]}`. A score is the line that `vouch score` prints for the record. A wrong record fails
 * the request with an error that names it, so no record is dropped without a message. `"selected": true` next to
 * `records` applies to all of them. Errors: BAD_JSON, BAD_RECORD, BAD_REQUEST, TOO_LARGE, TIMED_OUT.
 */
export async function scoreBody(body: Buffer, scoring: Scoring): Promise<string> {
  const { reasons, trace, loaded, work } = scoring;
  const { metrics, options, scored } = work;
  const scanned = options.logRecords ? null : answerIn(body); // a log shows tokens as they arrived
  const value = scanned === null ? await jsonOf(body) : null;
  if (isObject(value) && value.answer === undefined && value.records !== undefined) {
    const records = await listIn(value.records, options.mostRecords);
    if (isSelected(value.selected)) for (const record of records) record.selected = true;
    return many(records, scoring);
  }
  const found = scanned === null ? recordsIn(value) : [scanned];
  for (const each of found) checkSamples(each, options.mostRecords);
  if (found.length > 1) return many(found, scoring);
  const [record] = found;
  if (loaded.way === 'direct') metrics.ran(1);
  const result = reasons === 0 ? await loaded.score(record) : (await loaded.scorer.scoreMany([record], { reasons }))[0];
  scored(record, result);
  return linesOf([result], trace);
}

/** Scores many records, chunk by chunk. Stops if the client has closed its connection. */
async function many(records: Logged[], { reasons, trace, loaded, work, gone }: Scoring): Promise<string> {
  const { options, metrics, scored } = work;
  const until = performance.now() + 1000 * options.timeout;
  const scores: Score[] = [];
  for (let from = 0; from < records.length; from += CHUNK) {
    if (from > 0) await turn();
    if (gone?.()) break;
    if (performance.now() > until) {
      throw new VouchError('TIMED_OUT', `${plural(records.length, 'record')} took longer than ${options.timeout} s`);
    }
    const chunk = records.slice(from, from + CHUNK);
    metrics.ran(chunk.length);
    append(scores, await scoreChunk(loaded.scorer, chunk, reasons === 0 ? {} : { reasons }));
  }
  for (let i = 0; i < scores.length; i++) scored(records[i], scores[i]);
  return `{"scores":[${linesOf(scores, trace).trimEnd().replaceAll('\n', ',')}]}`;
}

async function listIn(list: unknown, most: number): Promise<LoggedRecord[]> {
  if (!Array.isArray(list)) {
    throw new VouchError('BAD_RECORD', 'has the wrong type', {
      field: 'records',
      expected: 'a list of answers',
      got: list,
    });
  }
  if (list.length > most) {
    const hint = 'Send several requests, or score files with `vouch score`.';
    throw new VouchError('TOO_LARGE', 'too many records in one request', {
      expected: `at most ${most}`,
      got: list.length,
      hint,
    });
  }
  const pace = newPace();
  const records: LoggedRecord[] = [];
  for (const [i, value] of list.entries()) {
    try {
      const found = recordsIn(value, i + 1);
      if (found.length === 1) {
        records.push(checkSamples(found[0], most));
        await pace();
        continue;
      }
      const hint = 'Send a log line with several answers in a request of its own.';
      throw new VouchError('BAD_RECORD', 'contains several answers', { expected: 'one', got: found.length, hint });
    } catch (error) {
      if (!(error instanceof VouchError)) throw error;
      const { field, ...detail } = error.detail;
      const place = field === undefined ? `records[${i}]` : `records[${i}].${field}`;
      throw new VouchError(error.code, error.what, { ...detail, line: undefined, field: place });
    }
  }
  return records;
}

/** Error: BAD_REQUEST if it is not a boolean. */
function isSelected(value: unknown): boolean {
  if (value == null || typeof value === 'boolean') return value === true;
  throw new VouchError('BAD_REQUEST', 'has the wrong type', {
    field: 'selected',
    expected: 'true or false',
    got: value,
  });
}
