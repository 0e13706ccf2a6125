import { random } from '../../support/random.js';
import type { ChatRequest } from './endpoint/chat.js';
import type { Client } from './endpoint/client.js';
import type { Hidden } from './hidden/hidden.js';
import type { AskOptions } from './options.js';
import type { Tally } from './tally.js';
import type { Verifier, VerifierCounts } from './verifiers/verifier.js';

/**
 * What every request needs: the endpoint that answers, those of the judges (one, or a panel), of the examiner and of
 * the entailment model, the verifiers, the options, and the counts of oddities.
 */
export interface Asker {
  client: Client;
  judges: readonly Client[];
  examiner?: Client;
  /** Says which texts entail or contradict each other. */
  entailer?: Client;
  /** Gives the hidden states of answers. */
  hidden?: Hidden;
  verifiers: readonly Verifier[];
  verifierCounts: VerifierCounts;
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

type Judging = Pick<ChatRequest, 'kind' | 'messages' | 'seed' | 'maxTokens' | 'topLogprobs'>;

/** A short judging request: temperature 0, one line of output, with `topLogprobs` alternatives (null for none). */
export function judging(request: Judging & { temperature?: number }): ChatRequest {
  return { temperature: 0, ...request, stop: ['\n'], n: 1 };
}
