import { random } from '../../support/random.js';
import type { Message } from '../record.js';
import type { ChatRequest } from './endpoint/chat.js';
import type { Client } from './endpoint/client.js';
import type { AskOptions } from './options.js';
import type { Tally } from './tally.js';

/** What every step of asking needs: who is asked, who judges, how, and where oddities are counted. */
export interface Asker {
  client: Client;
  judge?: Client;
  options: AskOptions;
  tally: Tally;
}

/** The seed of one request: of the run's seed, the question's id and what is asked; 31 bits, as endpoints take. */
export function requestSeed(seed: number, id: string, purpose: string): number {
  const stream = random(seed).fork(id).fork(purpose);
  return stream.int(2 ** 31);
}

/** A short judging request: greedy, one line, with alternatives where they are wanted. */
export function judging(messages: Message[], seed: number, maxTokens: number, topLogprobs: number | null): ChatRequest {
  return { messages, temperature: 0, maxTokens, stop: ['\n'], seed, topLogprobs, n: 1 };
}
