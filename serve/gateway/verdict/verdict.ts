import { checkAnswer } from '../../../data/check-record.js';
import type { Fields } from '../../../data/check-value.js';
import type { AnswerRecord } from '../../../data/record.js';
import { shortest } from '../../../scorer/batch/out/shortest.js';
import type { AnswerScore, Score } from '../../../scorer/scorer.js';
import { VouchError } from '../../../support/errors.js';
import type { Live } from '../../bundle/live.js';
import { newPace } from '../../work/pace.js';
import type { Pair } from '../apis/api.js';
import type { Ask } from '../upstream/ask.js';
import { type Limits, tooLarge, tooLong } from './limits.js';
import { partsOf } from './parts-of.js';
import { sampleOf } from './sample-of.js';

/** What the gateway says of one answer. */
export type Verdict = Unscored | Scored;

interface Unscored {
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
  limits: Limits;
  scored(record: AnswerRecord, score: Score): void;
  /** Told of failures of the scorer. */
  failed(error: unknown): void;
}

/** What is known of a response before it is read. */
interface Found {
  /** Its answers were reached because of an earlier score (the second model was asked because the first answer was rejected). */
  selected?: boolean;
  /** Why it is too large to be scored. */
  large?: string | null;
}

/**
 * Scores each answer of a response as `vouch score` scores the logged line `{request, response}`; others to the same prompt are its
 * samples. Answers that an earlier score led to count as selected: all of them where `selected` says so, and every choice but the
 * first, as a client that takes another one takes it by its score. Never throws: an answer must arrive whatever becomes of its score.
 * Others get their turn between two answers. Cost: each answer is read once; scoring it reads its samples.
 */
export async function judge(judging: Judge, ask: Ask, response: Fields, found: Found = {}): Promise<Verdict[]> {
  const { api, body } = ask;
  const large = found.large ?? tooLarge(api, response, judging.limits);
  if (large !== null) return [unscored(large)];
  const pairs = api.answers(body, response);
  if (!api.holds(response)) return Array(Math.max(1, pairs.length)).fill({ ...noAnswer, finish: 'error' });
  const pace = newPace();
  const read: Read[] = [];
  for (const pair of pairs) {
    read.push(readPair(judging, ask, pair));
    await pace();
  }
  const records = withSamplesOf(ask, pairs, read);
  const verdicts: Verdict[] = [];
  for (const [i, record] of records.entries()) {
    if (record !== null && (found.selected || pairs[i].place > 0)) record.selected = true;
    verdicts.push(record === null ? (read[i].verdict as Unscored) : await verdictOn(judging, record));
    await pace();
  }
  return verdicts;
}

/** An answer as a record, still to be checked, or why there is none. */
type Read = { record: Fields; verdict: null } | { record: null; verdict: Unscored };

function readPair({ task, limits, failed }: Judge, ask: Ask, pair: Pair): Read {
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

/** The records, each with the other answers to its prompt as its samples, behind those that the client told of. */
function withSamplesOf({ body, own }: Ask, pairs: readonly Pair[], read: readonly Read[]): (Fields | null)[] {
  const told = Array.isArray(own.samples) ? own.samples : [];
  const byPrompt = new Map<number, Fields[]>();
  for (const [i, { record }] of read.entries()) {
    if (record === null) continue;
    const alike = byPrompt.get(pairs[i].prompt) ?? [];
    alike.push(record);
    byPrompt.set(pairs[i].prompt, alike);
  }
  const samples = new Map<Fields, Fields>();
  for (const { record } of read) if (record !== null) samples.set(record, sampleOf(record, body));
  return read.map(({ record }, i) => {
    if (record === null) return null;
    const others = (byPrompt.get(pairs[i].prompt) as Fields[]).filter((other) => other !== record);
    const all = [...told, ...others.map((other) => samples.get(other))];
    return all.length === 0 ? record : { ...record, samples: all };
  });
}

async function verdictOn({ live, scored, failed }: Judge, record: Fields): Promise<Verdict> {
  try {
    const answer = checkAnswer(record, 'answer', 1);
    const loaded = live.take();
    try {
      const score = (await loaded.score(answer)) as AnswerScore;
      scored(answer, score);
      return verdictOf(score, loaded.version);
    } finally {
      live.give(loaded);
    }
  } catch (error) {
    failed(error);
    return unscored(whyOf(error));
  }
}

function whyOf(error: unknown): string {
  return error instanceof VouchError ? `${error.code}: ${error.detail.field ?? 'the answer'}` : 'the scorer failed';
}

/** What is said of an answer that cannot be scored. */
function unscored(why: string): Unscored {
  return { scored: false, probability: null, decision: null, why };
}

/** What is said of a reply that holds no answer: a tool call, what a content filter cut off, a failure. */
export const noAnswer: Unscored = { scored: false, probability: null, decision: null, why: 'no answer' };

/** A pair as a record, still to be checked; what the client told of its question goes before what the log says. */
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

function verdictOf(score: AnswerScore, bundle: string): Verdict {
  const { probability, decision, why, missing, claim, basis, promise, low, high, shift, pattern } = score;
  const numbers = { low: shortest(low), high: shortest(high), shift: shortest(shift) };
  const said = { decision, why, missing, claim, basis, promise };
  return { scored: true, probability: shortest(probability), ...said, ...numbers, pattern, bundle };
}
