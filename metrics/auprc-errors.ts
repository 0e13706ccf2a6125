import { ascending, tieEnds } from './order.js';

/**
 * Area under the precision–recall curve with errors as the class to find, as average precision: Σ (R_k − R_{k−1}) P_k over
 * the distinct probabilities from low to high, no interpolation. How clean a list of suspects is where errors are rare.
 * (0, 1], the share of errors is no skill; NaN without errors. Source: Davis & Goadrich 2006; scikit-learn's form.
 */
export function auprcErrors(probability: Float64Array, label: Float64Array, weight?: Float64Array): number {
  const order = ascending(probability);
  let found = 0;
  let seen = 0;
  let area = 0;
  let start = 0;
  for (const end of tieEnds(probability, order)) {
    const before = found;
    for (; start < end; start++) {
      const w = weight?.[order[start]] ?? 1;
      found += w * (1 - label[order[start]]);
      seen += w;
    }
    if (seen > 0) area += (found - before) * (found / seen);
  }
  return area / found;
}
