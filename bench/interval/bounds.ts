import { calibrationBandAt, fitCalibrationBand } from '../../models/calibrators/interval/calibration-band.js';
import { vennAbersHigh, vennAbersLow } from '../../models/calibrators/interval/venn-abers.js';
import { logit } from '../../models/numbers.js';
import type { RealAnswers, Sample } from '../cross/population.js';
import type { Fitted } from '../cross/recipe.js';
import { fitVennAbers } from './venn-abers/fit.js';

/** Bounds for each row of the population, widened to contain its probability, as in the product. */
export interface Bounds {
  low: Float64Array;
  high: Float64Array;
}

/** Index of the cell of each row of a population; one cell for all where cells are not given. */
export function cellIndexes({ cell }: RealAnswers, isTold: boolean): { of: Int32Array; count: number } {
  const names = isTold ? [...new Set(cell)] : [''];
  return { of: Int32Array.from(cell, (name) => (isTold ? names.indexOf(name) : 0)), count: names.length };
}

/** The band and the Venn–Abers pair, both from the out-of-fold logits of one fit. */
export function boundsOf(
  { probability, at, outOfFold }: Fitted,
  sample: Sample,
  cells: { of: Int32Array; count: number },
): { band: Bounds; vennAbers: Bounds } {
  const logits = outOfFold.map(logit);
  const y = Float64Array.from(at, (i) => sample.label[i]);
  const w = y.map(() => 1);
  const cell = Int32Array.from(at, (i) => cells.of[sample.row[i]]);
  const group = Int32Array.from(at, (i) => sample.group[i]);
  const band = fitCalibrationBand({ logits, y, w, group, slice: cell, slices: cells.count });
  const pair = fitVennAbers(logits, y, w);
  const around = (of: (z: number, row: number) => { low: number; high: number }): Bounds => {
    const both = Array.from(probability, (p, row) => of(logit(p), row));
    return {
      low: probability.map((p, row) => Math.min(both[row].low, p)),
      high: probability.map((p, row) => Math.max(both[row].high, p)),
    };
  };
  return {
    band: around((z, row) => calibrationBandAt(band, z, cells.of[row])),
    vennAbers: around((z) => ({ low: vennAbersLow(pair, z), high: vennAbersHigh(pair, z) })),
  };
}

/** Rows by tenth of their score, the lowest first. */
export function tenthsOf(probability: Float64Array, rows: ArrayLike<number>): number[][] {
  const order = Array.from(rows).sort((a, b) => probability[a] - probability[b]);
  return Array.from({ length: 10 }, (_, t) =>
    order.slice(Math.round((t * order.length) / 10), Math.round(((t + 1) * order.length) / 10)),
  );
}
