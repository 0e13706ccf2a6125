import type { Message } from '../../record.js';
import { type Asker, requestSeed } from '../asker.js';
import type { Chat } from '../endpoint/client.js';
import { readChoice } from '../endpoint/read-choice.js';
import { bare } from './bare.js';
import type { ProposedAnswer } from './judging.js';
import { parseProbabilities } from './parse-probabilities.js';
import { short } from './short.js';

/** The stated probability of the answer, and how far it is above the best alternative (absent without one). */
interface StatedAfter {
  stated: number;
  margin?: number;
}

/**
 * Stated confidence after weighing alternatives: the model first names `statedAfter` − 1 other answers, then gives every
 * answer a probability. In 0..1; the margin is in −1..1. Undefined if there is no probability for the answer. Cost: two
 * requests. Source: Tian et al. 2023, section 2, "Verb. 2S top-k" (answers first, probabilities in a second turn); the
 * answer that exists takes the place of the first guess. In their Table 1, k of 2 and 4 calibrate better than k of 1.
 */
export async function askStatedAfter(
  { id, question, answer }: ProposedAnswer,
  asker: Asker,
  chat: Chat,
): Promise<StatedAfter | undefined> {
  const { statedAfter: k, seed } = asker.options;
  const said = async (messages: Message[], purpose: string, maxTokens: number) => {
    const reply = await chat({
      kind: 'stated after',
      messages,
      temperature: 0,
      maxTokens,
      stop: [],
      seed: requestSeed(seed, id, purpose),
      topLogprobs: null,
      n: 1,
    });
    return readChoice(reply.choices[0]).answer ?? '';
  };
  const opening: Message = { role: 'user', content: alternativesText(question, answer, k) };
  const guesses = await said([opening], 'alternatives', 48 * (k - 1));
  const turns = [opening, { role: 'assistant', content: guesses || 'none' }, { role: 'user', content: weighText(k) }];
  const weighed = parseProbabilities(await said(turns, 'weigh', 24 * k), k);
  const stated = weighed.get(1);
  if (stated === undefined) {
    asker.tally.noStatedAfter++;
    return undefined;
  }
  const same = repeatsOf(answer, guesses);
  const others = [...weighed].filter(([number]) => number > 1 && !same.has(number)).map(([, p]) => p);
  if (others.length === 0) return { stated };
  const best = others.reduce((most, p) => Math.max(most, p), 0);
  return { stated, margin: short(stated - best) };
}

function alternativesText(question: string, answer: string, k: number): string {
  const other = k === 2 ? 'the best other answer' : `the ${k - 1} best other answers`;
  const lines = Array.from({ length: k - 1 }, (_, i) => `${i + 2}. <answer>`).join('\n');
  return (
    `Question: ${question}\nAnswer 1: ${answer}\n\nSuppose answer 1 is wrong. Name ${other} to the question, as short ` +
    `as possible, without explanations:\n${lines}`
  );
}

function weighText(k: number): string {
  const lines = Array.from({ length: k }, (_, i) => `${i + 1}: <probability>`).join('\n');
  return (
    'How probable is it that each of these answers is right? Compare all of them, answer 1 too. Give each a ' +
    `probability between 0.0 and 1.0, without further words:\n${lines}`
  );
}

/** The numbers of the guesses that are the answer again, apart from case and punctuation. */
function repeatsOf(answer: string, guesses: string): Set<number> {
  const same = new Set<number>();
  for (const [, number, guess] of guesses.matchAll(/^\W*(\d{1,2})[.:)\s]+(.+)$/gm)) {
    if (bare(guess) === bare(answer)) same.add(Number(number));
  }
  return same;
}
