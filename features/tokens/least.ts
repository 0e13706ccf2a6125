/** Lower log-probabilities are raised to this. APIs send −9999 or −Infinity for "practically never". */
export const LEAST_LOGPROB = -30;

/**
 * A log-probability limited to LEAST_LOGPROB … 0. Rounding can put it above 0, and APIs can send −9999 or −Infinity.
 */
export function bounded(logprob: number): number {
  return logprob >= 0 ? 0 : Math.max(logprob, LEAST_LOGPROB);
}
