import type { Probabilities } from '../models/numbers.js';
import type { AdaptedModel } from './adapt-model.js';

/** Of each row, by the predictor it goes to: before, cross-validated after, and that or NaN where it counts as shifted. */
interface Crossed {
  before: Probabilities;
  crossed: Probabilities;
  decided: Probabilities;
}

/** Gathers what the adapted predictors say of rows that adapted them; NaN for rows whose own one had too few labels. */
export function crossedOf(rows: Int32Array, { adapted, served }: AdaptedModel): Crossed {
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
