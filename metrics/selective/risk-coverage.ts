import { descending, tieEnds } from '../ranking/order.js';

interface RiskCoverage {
  /** Share of the weight at or above the threshold. */
  coverage: number;
  /** Share of errors in that part. */
  risk: number;
  threshold: number;
}

/**
 * The risk–coverage curve: for each distinct probability, from the highest down, the coverage and the risk if answers
 * at or above it are accepted. Thinned to about `points` evenly spaced coverages; the last has coverage 1. Source:
 * El-Yaniv & Wiener 2010.
 */
export function riskCoverage(
  probability: Float64Array,
  label: Float64Array,
  weight?: Float64Array,
  points = 200,
): RiskCoverage[] {
  const order = descending(probability);
  const total = weight === undefined ? label.length : weight.reduce((sum, w) => sum + w, 0);
  const curve: RiskCoverage[] = [];
  let errors = 0;
  let kept = 0;
  let start = 0;
  let shown = 0;
  for (const end of tieEnds(probability, order)) {
    for (; start < end; start++) {
      const w = weight?.[order[start]] ?? 1;
      errors += w * (1 - label[order[start]]);
      kept += w;
    }
    if (kept === 0 || (Math.floor((points * kept) / total) === shown && end < order.length)) continue;
    shown = Math.floor((points * kept) / total);
    curve.push({ coverage: kept / total, risk: errors / kept, threshold: probability[order[end - 1]] });
  }
  return curve;
}
