import { checkAnswer } from '../../../data/check-record.js';
import type { Fields } from '../../../data/check-value.js';
import type { AnswerRecord } from '../../../data/record.js';
import { shortest } from '../../../scorer/batch/shortest.js';
import type { AnswerScore, Score } from '../../../scorer/open.js';
import { VouchError } from '../../../support/errors.js';
import type { Live } from '../../bundle/live.js';
import type { Pair } from '../apis/api.js';
import type { Ask } from '../upstream/ask.js';
import { partsOf } from './parts-of.js';

/** What the gateway says of one answer. */
export type Verdict = Unscored | Scored;

export interface Unscored {
  scored: false;
  probability: null;
  decision: null;
  why: string;
  /** How a reply ended that is no answer: tool_calls, function_call, content_filter, error. */
  finish?: string;
}

interface Scored {
  scored: true;
  probability: number;
  decision: Score['decision'];
  why: Score['why'];
  missing: Score['missing'];
  claim: Score['claim'];
  basis: Score['basis'];
  promise: Score['promise'];
  low: number;
  high: number;
  shift: number;
  pattern: string;
  /** Version of the bundle. */
  bundle: string;
}

export interface Judge {
  live: Live;
  task: string | null;
  scored(record: AnswerRecord, score: Score): void;
  /** Told of failures of the scorer. */
  failed(error: unknown): void;
}

/**
 * Scores each answer of a response as `vouch score` scores the logged line `{request, response}`; others to the same prompt are its
 * samples. Answers that an earlier score led to count as selected: all of them where `selected` says so (the second model was asked because the
 * first answer was rejected), and every choice but the first, as a client that takes another one takes it by its score. Never throws: an answer must arrive whatever becomes of its score.
 */
export async function judge(
  { live, task, scored, failed }: Judge,
  ask: Ask,
  response: Fields,
  selected = false,
): Promise<Verdict[]> {
  const pairs = ask.api.answers(ask.body, response);
  if (!ask.api.holds(response)) return Array(Math.max(1, pairs.length)).fill({ ...noAnswer, finish: 'error' });
  const verdicts: Verdict[] = [];
  for (const pair of pairs) {
    try {
      const record = recordOf(ask, pair, task);
      if (selected || pair.place > 0) record.selected = true;
      if (record.answer === null) {
        verdicts.push({ ...noAnswer, ...(record.finish == null ? {} : { finish: String(record.finish) }) });
        continue;
      }
      const answer = checkAnswer(record, 'answer', 1);
      const loaded = live.take();
      try {
        const score = (await loaded.score(answer)) as AnswerScore;
        scored(answer, score);
        verdicts.push(verdictOf(score, loaded.version));
      } finally {
        live.give(loaded);
      }
    } catch (error) {
      failed(error);
      const why =
        error instanceof VouchError ? `${error.code}: ${error.detail.field ?? 'the answer'}` : 'the scorer failed';
      verdicts.push({ scored: false, probability: null, decision: null, why });
    }
  }
  return verdicts;
}

/** What is said of a reply that holds no answer: a tool call, what a content filter cut off, a failure. */
export const noAnswer: Unscored = { scored: false, probability: null, decision: null, why: 'no answer' };

/** A pair as a record, still to be checked; what the client told of its question goes before what the log says. */
export function recordOf({ api, own }: Ask, { request, response }: Omit<Pair, 'place'>, task: string | null): Fields {
  const [part] = partsOf(api.format, request, response);
  if (part === undefined || 'passed' in part) return { answer: null, finish: 'error' };
  if ('failed' in part) throw part.failed;
  const { record } = part;
  const samples = [own.samples, record.samples].flatMap((list) => (Array.isArray(list) ? list : []));
  return {
    ...(task === null ? {} : { task }),
    ...record,
    ...own,
    ...(samples.length === 0 ? {} : { samples }),
  };
}

function verdictOf(score: AnswerScore, bundle: string): Verdict {
  const { probability, decision, why, missing, claim, basis, promise, low, high, shift, pattern } = score;
  const numbers = { low: shortest(low), high: shortest(high), shift: shortest(shift) };
  const said = { decision, why, missing, claim, basis, promise };
  return { scored: true, probability: shortest(probability), ...said, ...numbers, pattern, bundle };
}
