import { random } from '../../support/random.js';
import type { ChatRequest } from './endpoint/chat.js';
import type { Client } from './endpoint/client.js';
import type { AskOptions } from './options.js';
import type { Tally } from './tally.js';

/**
 * What every request needs: the endpoint that answers, the endpoint that judges, the options, and the counts of
 * oddities.
 */
export interface Asker {
  client: Client;
  judge?: Client;
  options: AskOptions;
  tally: Tally;
}

/**
 * The seed of one request, made from the run's seed, the question's id and the purpose of the request. 31 bits, because
 * endpoints accept no more.
 */
export function requestSeed(seed: number, id: string, purpose: string): number {
  const stream = random(seed).fork(id).fork(purpose);
  return stream.int(2 ** 31);
}

/** A short judging request: temperature 0, one line of output, with `topLogprobs` alternatives (null for none). */
export function judging(request: Pick<ChatRequest, 'messages' | 'seed' | 'maxTokens' | 'topLogprobs'>): ChatRequest {
  return { ...request, temperature: 0, stop: ['\n'], n: 1 };
}
