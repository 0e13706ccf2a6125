import { quantile } from '../../support/quantile.js';
import type { Random } from '../../support/random.js';
import { BINS, equalWidthBins } from '../calibration/bins.js';
import { GRID, placesOf, smoothedGap } from '../calibration/smoothing.js';
import { type Scored, tableOf } from '../scored.js';
import { groupCorrelation, softness } from './group-correlation.js';
import { labelSimulator } from './simulate-labels.js';

interface PerfectOptions {
  draws: number;
  /** Share of a perfect predictor's values that the range contains. */
  level: number;
  /** Smallest number of rows of a slice that counts. */
  minimumRows: number;
}

export const perfectDefaults: PerfectOptions = { draws: 1000, level: 0.99, minimumRows: 200 };

/** The value of a predictor, and the range of values that a perfect predictor would have. */
export interface PerfectRange {
  value: number;
  low: number;
  high: number;
  inside: boolean;
}

export interface Perfect extends PerfectOptions {
  /** Correlation of answers to one question, as `groupCorrelation` estimates it. */
  correlation: number;
  smoothEce: PerfectRange;
  /**
   * The largest ECE (15 bins of equal width) of any slice, and the slice that has it here; null if no slice is large
   * enough.
   */
  worstSliceEce: (PerfectRange & { slice: number }) | null;
}

/**
 * The range of values that a perfect predictor would have. Labels are drawn from the predictor's own probabilities,
 * with the correlation within questions that the real labels have, and evaluated in the same way. Noise alone keeps
 * smooth ECE and the worst slice's ECE above 0; the range shows by how much. A value above the range is miscalibration;
 * below it, the probabilities were fitted to these labels. Only the sums on the grid and in the bins are computed
 * again, so a draw costs one pass over the rows. Errors: none. Needs at least 1 row.
 */
export function perfectRange(scored: Scored, options: Partial<PerfectOptions>, random: Random): Perfect {
  const chosen = { ...perfectDefaults, ...options };
  const table = tableOf(scored);
  const scale = softness(table);
  const correlation = groupCorrelation(table, scale);
  const value = valuer(scored, chosen.minimumRows);
  const simulate = labelSimulator(table, correlation, random.fork('perfect'));
  const smooth = new Float64Array(chosen.draws);
  const worst = new Float64Array(chosen.draws);
  for (let d = 0; d < chosen.draws; d++) {
    const drawn = value(simulate(), scale);
    smooth[d] = drawn.smoothEce;
    worst[d] = drawn.worst;
  }
  const here = value(table.label, 1);
  const range = (at: number, draws: Float64Array): PerfectRange => {
    const sorted = draws.sort();
    const [low, high] = [(1 - chosen.level) / 2, (1 + chosen.level) / 2].map((q) => quantile(sorted, q));
    return { value: at, low, high, inside: low <= at && at <= high };
  };
  return {
    ...chosen,
    correlation,
    smoothEce: range(here.smoothEce, smooth),
    worstSliceEce: here.slice === null ? null : { ...range(here.worst, worst), slice: here.slice },
  };
}

/** Evaluates labels: smooth ECE, and the largest ECE of a slice with enough rows, with the number of that slice. */
function valuer(scored: Scored, minimumRows: number) {
  const { n, probability, weight, slice, slices } = tableOf(scored);
  const bin = equalWidthBins(probability);
  const { point, share } = placesOf(probability);
  const rows = new Int32Array(slices);
  const weights = new Float64Array(slices);
  const number = new Int32Array(slices);
  for (let i = 0; i < n; i++) {
    rows[slice[i]]++;
    weights[slice[i]] += weight[i];
    number[slice[i]] = scored.slice?.[i] ?? 0;
  }
  const total = weights.reduce((sum, w) => sum + w, 0);
  const slot = Int32Array.from(bin, (b, i) => slice[i] * BINS + b);
  const grid = new Float64Array(GRID + 1);
  const gap = new Float64Array(slices * BINS);
  return (label: ArrayLike<number>, scale: number) => {
    grid.fill(0);
    gap.fill(0);
    for (let i = 0; i < n; i++) {
      const residual = scale * weight[i] * (label[i] - probability[i]);
      const after = residual * share[i];
      grid[point[i]] += residual - after;
      grid[point[i] + 1] += after;
      gap[slot[i]] += residual;
    }
    let worst = Number.NEGATIVE_INFINITY;
    let worstSlice: number | null = null;
    for (let c = 0; c < slices; c++) {
      if (rows[c] < minimumRows || weights[c] === 0) continue;
      let error = 0;
      for (let b = c * BINS; b < (c + 1) * BINS; b++) error += Math.abs(gap[b]);
      if (error / weights[c] <= worst) continue;
      worst = error / weights[c];
      worstSlice = number[c];
    }
    return { smoothEce: smoothedGap(grid.map((sum) => sum / total)), worst, slice: worstSlice };
  };
}
