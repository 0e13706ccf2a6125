import { hasText, isTextless, tokensBeforeEnd } from '../../data/counted-tokens.js';
import type { Sample } from '../../data/record.js';
import { LEAST_LOGPROB } from '../tokens/least.js';

/** Log-probability of a sample over its tokens. */
export interface SampleLogprob {
  /** NaN where none was recorded. */
  sum: number;
  tokens: number;
}

/**
 * Adds up the token log-probabilities of a sample without its end marks and tokens without text. Writes to `into`, which
 * is reused because this runs for every sample.
 */
export function logprobOf({ answer, tokens }: Pick<Sample, 'answer' | 'tokens'>, into: SampleLogprob): void {
  into.sum = NaN;
  into.tokens = 0;
  if (tokens == null) return;
  const textless = isTextless(tokens, answer);
  const before = textless ? tokens.length : tokensBeforeEnd(tokens, answer);
  let total = 0;
  let count = 0;
  for (let t = 0; t < before; t++) {
    const logprob = tokens[t].logprob;
    if (logprob == null || Number.isNaN(logprob) || !(textless || hasText(tokens[t]))) continue;
    total += logprob > 0 ? 0 : Math.max(logprob, LEAST_LOGPROB);
    count++;
  }
  if (count > 0) into.sum = total;
  into.tokens = count;
}

/** Mean token log-probability of an answer, counted in the same way; NaN where none was recorded. */
export function meanLogprobOf(sample: Pick<Sample, 'answer' | 'tokens'>): number {
  const total: SampleLogprob = { sum: NaN, tokens: 0 };
  logprobOf(sample, total);
  return total.sum / total.tokens;
}
