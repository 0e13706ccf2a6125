import type { BandPoint } from '../../report/results.js';

/** Tenths: so many points has the drawn band. */
const POINTS = 10;

/**
 * The interval for the share right at a score as it ships, over answers sorted by probability: mean probability, mean bounds and
 * weighted share right of each tenth (fewer where there are fewer than ten answers).
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
