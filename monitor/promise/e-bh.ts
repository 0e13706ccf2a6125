/**
 * The e-BH procedure: which of several null hypotheses are rejected so that the expected share of true ones among them
 * is at most `level`, however the e-values depend on each other. It rejects the k largest for the largest k with
 * e₍ₖ₎ ≥ m / (level · k). Logarithms in, because e-values grow without limit. Source: Wang & Ramdas 2022, "False
 * discovery rate control with e-values", section 2.
 */
export function eBh(logEValues: readonly number[], level: number): boolean[] {
  const order = [...logEValues.keys()].sort((a, b) => logEValues[b] - logEValues[a]);
  const m = logEValues.length;
  const bar = (k: number) => Math.log(m / (level * k));
  let rejected = 0;
  for (let k = 1; k <= m; k++) if (logEValues[order[k - 1]] >= bar(k)) rejected = k;
  const out = logEValues.map(() => false);
  for (const i of order.slice(0, rejected)) out[i] = true;
  return out;
}
