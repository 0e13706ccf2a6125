import type { BandPoint } from '../../report/results.js';

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
    const tenth = order.slice(Math.round((k * order.length) / points), Math.round(((k + 1) * order.length) / points));
    const total = tenth.reduce((sum, i) => sum + weight[i], 0);
    const mean = (of: Float64Array) => tenth.reduce((sum, i) => sum + weight[i] * of[i], 0) / total;
    return { predicted: mean(probability), low: mean(low), high: mean(high), right: mean(label), rows: tenth.length };
  });
}
