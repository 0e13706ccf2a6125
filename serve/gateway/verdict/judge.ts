import { checkAnswer } from '../../../data/check-record.js';
import type { Fields } from '../../../data/check-value.js';
import { shortest } from '../../../scorer/batch/out/shortest.js';
import type { AnswerScore } from '../../../scorer/scorer.js';
import { newPace } from '../../work/pace.js';
import type { Pair } from '../apis/api.js';
import type { Received } from '../received.js';
import type { Ask } from '../upstream/ask.js';
import { isLong, judgeAside } from './judge-aside.js';
import type { Judge } from './judging.js';
import { tooLarge } from './limits.js';
import { type Read, readPair, whyOf } from './read-pair.js';
import { sampleOf } from './sample-of.js';
import { noAnswer, type Unscored, unscored, type Verdict } from './verdict.js';

/** What is known about a response before it is read. */
interface Found {
  /** Whether an earlier score led to its answers (the second model was asked because the first answer was rejected). */
  selected?: boolean;
  /** Why it is too large to be scored. */
  large?: string | null;
  /** How it arrived. If it is long, a thread reads it again and scores it. */
  received?: Received;
}

/**
 * Scores each answer of a response as `vouch score` scores the logged line `{request, response}`. Other answers to the
 * same prompt are its samples. Answers that an earlier score led to count as selected: all of them if `selected` is
 * set, and every choice except the first, because a client that takes another choice takes it because of its score.
 * Never throws, because the client must get the answer even if scoring fails. Other requests are served between two
 * answers, and long responses go to a thread. Cost: each answer is read once; scoring it also reads its samples.
 */
export async function judge(judging: Judge, ask: Ask, response: Fields, found: Found = {}): Promise<Verdict[]> {
  const { api, body } = ask;
  const large = found.large ?? tooLarge(api, response, judging.limits);
  if (large !== null) return [unscored(large)];
  const pairs = api.answers(body, response);
  if (found.received !== undefined && isLong(ask, found.received)) {
    return judgeAside(judging, ask, found.received, found.selected === true).catch((error: unknown) => {
      judging.failed(error);
      return Array(Math.max(1, pairs.length)).fill(unscored(whyOf(error)));
    });
  }
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

/** The records. Each gets the other answers to its prompt as samples, after those that the client sent. */
function withSamplesOf({ body, own }: Ask, pairs: readonly Pair[], read: readonly Read[]): (Fields | null)[] {
  const sent = Array.isArray(own.samples) ? own.samples : [];
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
    const all = [...sent, ...others.map((other) => samples.get(other))];
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

function verdictOf(score: AnswerScore, bundle: string): Verdict {
  const { probability, decision, why, missing, claim, basis, promise, low, high, shift, pattern } = score;
  const numbers = { low: shortest(low), high: shortest(high), shift: shortest(shift) };
  const said = { decision, why, missing, claim, basis, promise };
  const grounds = score.grounded === undefined ? {} : { grounded: score.grounded, groundedBy: score.groundedBy };
  return { scored: true, probability: shortest(probability), ...said, ...numbers, ...grounds, pattern, bundle };
}
