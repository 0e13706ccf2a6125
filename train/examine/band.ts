import type { BandPoint } from '../../report/results.js';
import { pick } from '../../support/pick.js';
import { weightedMean } from '../../support/weighted-mean.js';

/** The band in the report has this many points, one per tenth of the answers. */
const POINTS = 10;

/**
 * The interval for the share of right answers at a score as it ships. The answers are sorted by probability; for each
 * tenth: mean probability, mean bounds and weighted share of right answers (fewer points if there are fewer than ten
 * answers).
 */
export function bandPoints(
  { probability, low, high }: { probability: Float64Array; low: Float64Array; high: Float64Array },
  label: Float64Array,
  weight: Float64Array,
): BandPoint[] {
  const order = Array.from(probability.keys()).sort((a, b) => probability[a] - probability[b]);
  const points = Math.min(POINTS, order.length);
  return Array.from({ length: points }, (_, k) => {
    const [from, to] = [k, k + 1].map((tenths) => Math.round((tenths * order.length) / points));
    const tenth = Int32Array.from(order.slice(from, to));
    const mean = (of: Float64Array) => weightedMean(pick(of, tenth), pick(weight, tenth));
    return { predicted: mean(probability), low: mean(low), high: mean(high), right: mean(label), rows: tenth.length };
  });
}
