import { type Asker, judging, requestSeed } from '../asker.js';
import type { Chat, Client } from '../endpoint/client.js';
import { readChoice } from '../endpoint/read-choice.js';
import { type ProposedAnswer, truthMessages } from './judging.js';
import { type Vote, voteIn } from './parse-truth.js';
import { short } from './short.js';

/** An answer to be judged. `reversed` is its question with the passages in the other order. */
export interface JudgedAnswer extends ProposedAnswer {
  reversed: string;
  references: readonly string[];
}

/**
 * What one judge says of an answer. `value`: 1 right, 0 wrong; the mean where it was asked several times. `orderGap`:
 * the absolute difference between the two orders; absent unless both were asked for and could be read. `agreement`: the
 * share of its replies that say what most of them say, 0.5 to 1; absent unless it was asked repeatedly.
 */
export interface Verdict {
  value: number;
  orderGap?: number;
  agreement?: number;
}

/**
 * A judge's verdict on an answer; undefined if no reply could be read. As a verifier, a reply counts as P(True) if the
 * endpoint returns log-probabilities, else as 1 or 0. As a label it counts as 1 or 0. Only a judge that labels sees the
 * reference; a verifier that saw it would leak the label into the signals.
 *
 * Both orders: the second request names the verdicts as "False or True" and lists passages and references from the last
 * to the first; the two values are averaged. Repeats: the same request `judgeRepeats` times at `judgeTemperature`.
 * Cost: orders × repeats requests. Sources: order: Zheng et al. 2023, sections 3.3 and 3.4 (swapping positions), and
 * Panickssery et al. 2024, section 2.2 (average over both orders); repeats: Liu et al. 2023 (G-Eval: 20 replies at
 * temperature 1 where an endpoint returns no probabilities).
 */
export function askJudge(judged: JudgedAnswer, asker: Asker, judge: Client): Promise<Verdict | undefined> {
  const { judgeOrders, judgeRepeats } = asker.options;
  return judge.at(async (chat) => {
    const perOrder: Vote[][] = [];
    for (const swapped of judgeOrders === 'both' ? [false, true] : [false]) {
      const votes: Vote[] = [];
      for (let repeat = 0; repeat < judgeRepeats; repeat++) {
        const vote = await askOnce(judged, asker, chat, { swapped, repeat });
        if (vote === undefined) asker.tally.noVerdict++;
        else votes.push(vote);
      }
      perOrder.push(votes);
    }
    return verdictOf(perOrder, judgeRepeats > 1);
  });
}

async function askOnce(
  { id, question, reversed, answer, references }: JudgedAnswer,
  { options }: Asker,
  chat: Chat,
  { swapped, repeat }: { swapped: boolean; repeat: number },
): Promise<Vote | undefined> {
  const label = options.judgeAs === 'label';
  const known = !label ? [] : swapped ? [...references].reverse() : references;
  const messages = truthMessages(swapped ? reversed : question, answer, { references: known, swapped });
  const purpose = `judge${swapped ? ' swapped' : ''}${repeat === 0 ? '' : ` ${repeat}`}`;
  const reply = await chat(
    judging({
      kind: 'judge',
      messages,
      seed: requestSeed(options.seed, id, purpose),
      maxTokens: 8,
      topLogprobs: label ? null : 20,
      ...(options.judgeRepeats > 1 ? { temperature: options.judgeTemperature } : {}),
    }),
  );
  return voteIn(readChoice(reply.choices[0]), label);
}

function verdictOf(perOrder: readonly Vote[][], repeated: boolean): Verdict | undefined {
  const means = perOrder.filter((votes) => votes.length > 0).map((votes) => mean(votes.map(({ value }) => value)));
  if (means.length === 0) return undefined;
  const verdict: Verdict = { value: short(mean(means)) };
  if (means.length === 2) verdict.orderGap = short(Math.abs(means[0] - means[1]));
  if (repeated) {
    const share = mean(perOrder.flat().map(({ right }) => Number(right)));
    verdict.agreement = short(Math.max(share, 1 - share));
  }
  return verdict;
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
