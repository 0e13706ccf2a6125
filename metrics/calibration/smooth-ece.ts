import { metric, type ReportedMetric, type Resampled } from '../metric.js';
import type { Table } from '../scored.js';
import { kept, perDraw } from '../shared.js';
import { GRID, placesOf, smoothedGap } from './smoothing.js';

/**
 * Smooth ECE: ∫ |Σ_i w_i (y_i − p_i) K_σ(t, p_i)| dt / W with the reflected Gaussian kernel K, at the one bandwidth σ
 * where the value equals σ. There are no bins to choose. Range [0, 1], lower is better; noise alone keeps it above 0.
 * Residuals are put on a grid of 1000 points, so the value is exact to about 1e-4. Source: Błasiok & Nakkiran 2023,
 * sec. 4 and def. 7. At a fixed σ the value is a norm of the residuals, and it never rises with σ. So value ≤ truth +
 * noise holds here as for ECE.
 */
export const smoothEceMetric: ReportedMetric = metric({
  name: 'smoothEce',
  text: {
    title: 'Smooth ECE',
    says:
      'The calibration error without bins: the gap is smoothed with a kernel, whose width follows from the data. ' +
      'Chance alone keeps it above 0.',
    formula:
      '∫ |Σ_i w_i (y_i − p_i) K_σ(t, p_i)| dt / W, at the bandwidth σ where this value is σ; K is the reflected Gaussian kernel',
    range: '0 to 1',
    source: 'Błasiok & Nakkiran 2023, sec. 4 and def. 7',
  },
  better: 'lower',
  interval: 'aboveNoise',
  prepare,
  noise,
  draws: 500,
});

function prepare(table: Table): Resampled {
  const residual = kept(table, residuals);
  return (times) => smoothedGap(residual(times));
}

function noise(table: Table): Resampled {
  const residual = kept(table, residuals);
  const seen = residual(new Float64Array(table.groups).fill(1)).slice();
  return (times) => smoothedGap(residual(times).map((sum, j) => sum - seen[j]));
}

/**
 * Residuals w (y − p) / W of a draw; each is shared by the two grid points next to its p. The array is reused: the next
 * draw overwrites it.
 */
function residuals({ n, probability, label, weight, group }: Table): (times: Float64Array) => Float64Array {
  const { point, share } = placesOf(probability);
  const first = Float64Array.from(label, (y, i) => weight[i] * (y - probability[i]) * (1 - share[i]));
  const second = Float64Array.from(label, (y, i) => weight[i] * (y - probability[i]) * share[i]);
  const grid = new Float64Array(GRID + 1);
  return perDraw((times) => {
    grid.fill(0);
    let total = 0;
    for (let i = 0; i < n; i++) {
      const count = times[group[i]];
      grid[point[i]] += count * first[i];
      grid[point[i] + 1] += count * second[i];
      total += count * weight[i];
    }
    for (let j = 0; j <= GRID; j++) grid[j] /= total;
    return grid;
  });
}
