import { hasText, isTextless, tokensBeforeEnd } from '../../data/counted-tokens.js';
import type { Sample } from '../../data/record.js';
import { LEAST_LOGPROB } from '../tokens/least.js';

/**
 * Mean token log-probability of a sample without its end marks and tokens without text; NaN where none was recorded.
 */
export function meanLogprobOf({ answer, tokens }: Sample): number {
  if (tokens == null) return NaN;
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
  return total / count;
}
