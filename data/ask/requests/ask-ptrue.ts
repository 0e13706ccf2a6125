import { type Asker, judging, requestSeed } from '../asker.js';
import type { Chat } from '../endpoint/client.js';
import { readChoice } from '../endpoint/read-choice.js';
import { truthMessages } from './judging.js';
import { truthMass } from './parse-truth.js';

/**
 * Asks whether an answer is correct and reads P(True) from the alternatives. Undefined if the endpoint returns none.
 */
export async function askPtrue(
  id: string,
  question: string,
  answer: string,
  asker: Asker,
  chat: Chat,
): Promise<number | undefined> {
  const seed = requestSeed(asker.options.seed, id, 'ptrue');
  const reply = await chat(judging(truthMessages(question, answer), seed, 2, 20));
  const ptrue = truthMass(readChoice(reply.choices[0]).tokens ?? []);
  if (ptrue === undefined) asker.tally.noPtrue++;
  return ptrue;
}
