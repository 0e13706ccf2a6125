import type { Sample } from '../../data/record.js';
import { LEAST_LOGPROB } from '../tokens/least.js';

/** Mean token log-probability of a sample; NaN where none was recorded. */
export function meanLogprobOf({ tokens }: Sample): number {
  if (tokens == null) return NaN;
  let total = 0;
  let count = 0;
  for (let t = 0; t < tokens.length; t++) {
    const logprob = tokens[t].logprob;
    if (logprob == null || Number.isNaN(logprob)) continue;
    total += logprob > 0 ? 0 : Math.max(logprob, LEAST_LOGPROB);
    count++;
  }
  return total / count;
}
