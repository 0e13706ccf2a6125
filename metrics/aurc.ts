import { descending, tieEnds } from './order.js';

/**
 * Area under the risk–coverage curve: the mean, over answers from the surest down, of the share of errors among those kept
 * so far: Σ_i w_i risk_i / W. Ties count as their mean over all orders. [0, 1], lower is better; the share of errors is no
 * skill. Source: Geifman, Uziel & El-Yaniv 2019, eq. 2.
 */
export function aurc(probability: Float64Array, label: Float64Array, weight?: Float64Array): number {
  const order = descending(probability);
  let errors = 0;
  let kept = 0;
  let area = 0;
  let start = 0;
  for (const end of tieEnds(probability, order)) {
    let wrong = 0;
    let mass = 0;
    for (let i = start; i < end; i++) {
      const w = weight?.[order[i]] ?? 1;
      wrong += w * (1 - label[order[i]]);
      mass += w;
    }
    const rows = end - start;
    for (let i = start; mass > 0 && i < end; i++) {
      errors += wrong / rows;
      kept += mass / rows;
      area += (mass / rows) * (errors / kept);
    }
    start = end;
  }
  return area / kept;
}
