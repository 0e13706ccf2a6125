/**
 * Holm's step-down procedure: which of several null hypotheses are rejected so that, with a probability of at least
 * 1 − level, no true one is among them, however they depend on each other. Source: Holm 1979.
 */
export function holm(pvalues: readonly number[], level: number): boolean[] {
  const order = [...pvalues.keys()].sort((a, b) => pvalues[a] - pvalues[b]);
  const rejected = pvalues.map(() => false);
  for (const [k, i] of order.entries()) {
    if (!(pvalues[i] <= level / (pvalues.length - k))) break;
    rejected[i] = true;
  }
  return rejected;
}
