/** Log-probabilities below this are "practically never": APIs send −9999 or −Infinity for them. */
export const LEAST_LOGPROB = -30;

/** A log-probability between LEAST_LOGPROB and 0: rounding above 0 and the ways of saying "none" are both taken in. */
export function bounded(logprob: number): number {
  return logprob >= 0 ? 0 : Math.max(logprob, LEAST_LOGPROB);
}
