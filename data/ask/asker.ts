import { random } from '../../support/random.js';
import type { Message } from '../record.js';
import type { Client } from './client.js';
import type { AskOptions } from './options.js';

/** What every step of asking needs: who is asked, who judges, how, and where the oddities are counted. */
export interface Asker {
  client: Client;
  judge?: Client;
  options: AskOptions;
  tally: Tally;
}

/** Oddities met, counted for the summary. */
export interface Tally {
  noLogprobs: number;
  empty: number;
  truncated: number;
  noChoices: number;
  fewerSamples: number;
  noStated: number;
  noPtrue: number;
  noVerdict: number;
}

export function newTally(): Tally {
  return {
    noLogprobs: 0,
    empty: 0,
    truncated: 0,
    noChoices: 0,
    fewerSamples: 0,
    noStated: 0,
    noPtrue: 0,
    noVerdict: 0,
  };
}

/** The seed of one request: a function of the run's seed, the question's id and what is asked; 31 bits, as endpoints take. */
export function requestSeed(seed: number, id: string, purpose: string): number {
  return random(seed)
    .fork(id)
    .fork(purpose)
    .int(2 ** 31);
}

/** A short judging request: greedy, one line, with alternatives where they are wanted. */
export function judging(messages: Message[], seed: number, maxTokens: number, topLogprobs: number | null) {
  return { messages, temperature: 0, maxTokens, stop: ['\n'], seed, topLogprobs, n: 1 };
}
