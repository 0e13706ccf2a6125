import { kolmogorovTail } from '../../metrics/special/kolmogorov.js';
import type { NumberShares } from '../../models/bundle/reference.js';
import { sharesBelow } from '../../models/bundle/shares.js';
import { psi } from './psi.js';

/** How the values of one signal differ from those of training. */
export interface Difference {
  /** Largest difference between the two distribution functions, or total variation for categories: 0 to 1. */
  distance: number;
  pvalue: number;
  psi: number;
  /** Share of missing values in training, and now. */
  missing: [before: number, now: number];
}

/**
 * The two-sample test of Kolmogorov and Smirnov, at the knots of the reference; a missing value counts as below all
 * others. Every question counts once, and the shares of its answers enter as they are: a sum over a question's answers
 * varies no more than one answer drawn from it, so the p-value is at most as small as it may be. Looking only at knots
 * also makes it larger, never smaller. `sizes`: questions of the reference and now.
 *
 * `tolerance` ε: a value that moved by up to ε has not moved. The distance is max_t(F(t) − G(t + ε), G(t − ε) − F(t)), as
 * in Lévy's metric; it is at most that without ε, so the test keeps its level.
 */
export function numberDrift(
  before: NumberShares,
  values: ArrayLike<number>,
  weight: Float64Array,
  sizes: { before: number; now: number },
  tolerance = 0,
): Difference {
  const missing = missingShare(values, weight);
  const moved = (by: number) =>
    sharesBelow(
      before.knots.map((knot) => knot + by),
      values,
      weight,
    );
  const [from, to] = [cumulative(before.missing, before.below), cumulative(missing, moved(0))];
  const [least, most] = [-tolerance, tolerance].map((by) => (by === 0 ? to : cumulative(missing, moved(by))));
  let distance = 0;
  from.forEach((share, k) => {
    distance = Math.max(distance, share - most[k], least[k] - share);
  });
  const size = (sizes.before * sizes.now) / (sizes.before + sizes.now);
  return {
    distance,
    pvalue: kolmogorovTail(distance, size),
    psi: psi(between(from), between(to)),
    missing: [before.missing, missing],
  };
}

function missingShare(values: ArrayLike<number>, weight: Float64Array): number {
  let total = 0;
  let missing = 0;
  for (let i = 0; i < values.length; i++) {
    total += weight[i];
    if (Number.isNaN(values[i])) missing += weight[i];
  }
  return missing / total;
}

/** The distribution function: at "missing", then at each knot. */
function cumulative(missing: number, below: readonly number[]): number[] {
  return [missing, ...below.map((share) => missing + share)];
}

function between(cumulated: readonly number[]): number[] {
  return [...cumulated, 1].map((share, k) => share - (k === 0 ? 0 : cumulated[k - 1]));
}
