import { type Asker, judging, requestSeed } from '../asker.js';
import type { Chat } from '../endpoint/client.js';
import { readChoice } from '../endpoint/read-choice.js';
import { statedMessages } from './judging.js';
import { parseStated } from './parse-stated.js';

/** Asks how sure the model is that an answer is correct. In 0..1; undefined if its reply has no such number. */
export async function askStated(
  id: string,
  question: string,
  answer: string,
  asker: Asker,
  chat: Chat,
): Promise<number | undefined> {
  const seed = requestSeed(asker.options.seed, id, 'stated');
  const reply = await chat(judging(statedMessages(question, answer), seed, 12, null));
  const stated = parseStated(readChoice(reply.choices[0]).answer ?? '');
  if (stated === undefined) asker.tally.noStated++;
  return stated;
}
