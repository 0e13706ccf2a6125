import type { Probabilities } from '../models/numbers.js';
import type { AdaptedModel } from './adapt-model.js';

/**
 * For each row, from the predictor that scores it: the probability before, the cross-validated one after, and the
 * latter with NaN for shifted rows.
 */
interface Crossed {
  before: Probabilities;
  crossed: Probabilities;
  decided: Probabilities;
}

/**
 * Collects the probabilities of the rows that adapted the predictors; NaN if the row's predictor had too few labels.
 */
export function crossedOf(rows: Int32Array, { adapted, served }: Pick<AdaptedModel, 'adapted' | 'served'>): Crossed {
  const place = new Map(Array.from(rows, (row, i) => [row, i]));
  const empty = () => new Float64Array(rows.length).fill(Number.NaN);
  const all = { before: empty(), crossed: empty(), decided: empty() };
  for (const { pattern, rows: own, ...said } of adapted) {
    own.forEach((row, i) => {
      if (served(row) !== pattern) return;
      const at = place.get(row)!;
      all.before[at] = said.before[i];
      all.crossed[at] = said.crossed[i];
      all.decided[at] = said.decided[i];
    });
  }
  return all;
}
