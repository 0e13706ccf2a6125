import type { ScoredRows } from './score-rows.js';

/** The share of scored answers that count as shifted, by their weights. */
export function flaggedShare({ decided }: Pick<ScoredRows, 'decided'>, w: Float64Array): number {
  let flagged = 0;
  let total = 0;
  decided.forEach((p, i) => {
    total += w[i];
    if (Number.isNaN(p)) flagged += w[i];
  });
  return flagged / total;
}
