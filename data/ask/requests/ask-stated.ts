import { type Asker, judging, requestSeed } from '../asker.js';
import type { Chat } from '../endpoint/client.js';
import { readChoice } from '../endpoint/read-choice.js';
import { type ProposedAnswer, statedMessages } from './judging.js';
import { parseStated } from './parse-stated.js';

/** Asks how sure the model is that an answer is correct. In 0..1; undefined if its reply has no such number. */
export async function askStated(
  { id, question, answer }: ProposedAnswer,
  asker: Asker,
  chat: Chat,
): Promise<number | undefined> {
  const seed = requestSeed(asker.options.seed, id, 'stated');
  const messages = statedMessages(question, answer);
  const reply = await chat(judging({ kind: 'stated', messages, seed, maxTokens: 12, topLogprobs: null }));
  const stated = parseStated(readChoice(reply.choices[0]).answer ?? '');
  if (stated === undefined) asker.tally.noStated++;
  return stated;
}
