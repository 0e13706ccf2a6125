import { type Scored, tableOf } from '../scored.js';
import { normalCdf } from '../special/normal.js';

/**
 * Spiegelhalter's test of calibration: Z = Σ w (y − p)(1 − 2p) / √V, V = Σ w² (1 − 2p)² p(1 − p). Z is standard normal
 * if the labels follow the probabilities. Positive: overconfident, the Brier score is worse than the probabilities
 * promise. With `group`, V is Σ_g (Σ_{i∈g} …)², so that the rows of a question do not count as independent (this needs
 * many groups). The p-value is two-sided. Source: Spiegelhalter 1986.
 */
export function spiegelhalter(scored: Scored): { z: number; pvalue: number } {
  const { n, probability, label, weight, group, groups } = tableOf(scored);
  const sums = new Float64Array(groups);
  let sum = 0;
  let variance = 0;
  for (let i = 0; i < n; i++) {
    const p = probability[i];
    const term = weight[i] * (label[i] - p) * (1 - 2 * p);
    sum += term;
    sums[group[i]] += term;
    variance += (weight[i] * (1 - 2 * p)) ** 2 * p * (1 - p);
  }
  if (scored.group !== undefined) variance = sums.reduce((total, s) => total + s * s, 0);
  const z = sum / Math.sqrt(variance);
  return { z, pvalue: 2 * normalCdf(-Math.abs(z)) };
}
