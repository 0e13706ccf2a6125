import { type Asker, judging, requestSeed } from '../asker.js';
import type { Chat } from '../endpoint/client.js';
import { readChoice } from '../endpoint/read-choice.js';
import { type ProposedAnswer, truthMessages } from './judging.js';
import { truthMass } from './parse-truth.js';

/**
 * Asks whether an answer is correct and reads P(True) from the alternatives. Undefined if the endpoint returns none.
 */
export async function askPtrue(
  { id, question, answer }: ProposedAnswer,
  asker: Asker,
  chat: Chat,
): Promise<number | undefined> {
  const seed = requestSeed(asker.options.seed, id, 'ptrue');
  const messages = truthMessages(question, answer);
  const reply = await chat(judging({ kind: 'ptrue', messages, seed, maxTokens: 2, topLogprobs: 20 }));
  const ptrue = truthMass(readChoice(reply.choices[0]).tokens ?? []);
  if (ptrue === undefined) asker.tally.noPtrue++;
  return ptrue;
}
