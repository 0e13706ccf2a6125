import type { Random } from '../../support/random.js';
import { weightedMean } from '../../support/weighted-mean.js';
import { drawsFor, replicates } from '../interval/bootstrap.js';
import { atLeastWilson } from '../interval/interval.js';
import { ShareCounter, shareInterval } from '../interval/share-interval.js';
import type { Resampled } from '../metric.js';
import { type Scored, type Table, tableOf } from '../scored.js';
import { perDraw } from '../shared.js';
import { smoothEceMetric } from './smooth-ece.js';
import { GRID, kernelAt, placesOf } from './smoothing.js';

/** A point of the smooth reliability curve. */
export interface CurvePoint {
  predicted: number;
  /** Share of right answers near `predicted`, and its pointwise 95% interval. */
  right: number;
  low: number;
  high: number;
  /** Density of the answers' probabilities, over [0, 1]. */
  density: number;
}

/** Number of points between the least and the greatest probability, and the most draws: enough for a drawn band. */
const POINTS = 41;
const DRAWS = 500;
const NARROWEST = 0.01;
const WIDEST = 0.25;

/**
 * Reliability diagram without bins: t + Σ_i w_i (y_i − p_i) K_σ(t, p_i) / Σ_i w_i K_σ(t, p_i), with the reflected
 * Gaussian kernel of the smooth ECE. The bandwidth σ is the smooth ECE itself, but at least the usual one for a density,
 * 1.06 sd(p) / q^⅕ with q questions, so that the curve of a calibrated predictor is smooth too. The band is pointwise:
 * grouped bootstrap, and at least as wide as the Wilson interval with the effective number of trials. Points with less
 * than one answer in the reach of the kernel are left out. Source: Błasiok & Nakkiran 2023; bandwidth: Silverman 1986,
 * eq. 3.28.
 */
export function reliabilityCurve(scored: Scored, random: Random, resamples = DRAWS, level = 0.95): CurvePoint[] {
  const table = tableOf(scored);
  if (table.n === 0) return [];
  const sigma = bandwidth(table);
  const total = table.weight.reduce((sum, w) => sum + w, 0);
  const grids = gridsOf(table);
  const once = new Float64Array(table.groups).fill(1);
  const seen = grids(once).weight.slice();
  const near = (kernel: Float64Array) => seen.reduce((sum, w, j) => sum + w * kernel[j], 0);
  const points = gridPoints(table)
    .map((at) => ({ at, kernel: kernelAt(at, sigma) }))
    .filter(({ kernel }) => near(kernel) * sigma * Math.sqrt(2 * Math.PI) * (table.n / total) >= 1);
  const statistics = points.map(({ at, kernel }): Resampled => {
    return (times) => {
      const { weight, residual } = grids(times);
      let [mass, gap] = [0, 0];
      for (let j = 0; j <= GRID; j++) {
        mass += weight[j] * kernel[j];
        gap += residual[j] * kernel[j];
      }
      return Math.min(1, Math.max(0, at / GRID + gap / mass));
    };
  });
  const values = statistics.map((of) => of(once));
  const draws = replicates(statistics, table.groups, random, drawsFor(table.n, Math.min(resamples, DRAWS)));
  return points.map(({ at, kernel }, k) => ({
    predicted: at / GRID,
    right: values[k],
    ...atLeastWilson(values[k], draws[k], wilsonNear(table, kernel, values[k], level), level),
    density: near(kernel) / total,
  }));
}

function bandwidth({ probability, label, weight, groups }: Table): number {
  const mean = weightedMean(probability, weight);
  const variance = weightedMean(
    probability.map((p) => (p - mean) ** 2),
    weight,
  );
  const usual = 1.06 * Math.sqrt(variance) * groups ** -0.2;
  return Math.min(WIDEST, Math.max(NARROWEST, usual, smoothEceMetric.of({ probability, label, weight })));
}

/** Evenly spaced grid points from the least to the greatest probability that has weight. */
function gridPoints({ probability, weight }: Table): number[] {
  let [least, most] = [1, 0];
  probability.forEach((p, i) => {
    if (weight[i] === 0) return;
    least = Math.min(least, p);
    most = Math.max(most, p);
  });
  const [from, to] = [Math.round(least * GRID), Math.round(most * GRID)];
  const points = Array.from({ length: POINTS }, (_, k) => Math.round(from + ((to - from) * k) / (POINTS - 1)));
  return [...new Set(points)].filter((at) => at >= 0 && at <= GRID);
}

/** Weights, and residuals w (y − p), of a draw, each shared by the two grid points next to its p. The arrays are reused. */
function gridsOf({ n, probability, label, weight, group }: Table) {
  const { point, share } = placesOf(probability);
  const grids = { weight: new Float64Array(GRID + 1), residual: new Float64Array(GRID + 1) };
  return perDraw((times) => {
    grids.weight.fill(0);
    grids.residual.fill(0);
    for (let i = 0; i < n; i++) {
      const mass = times[group[i]] * weight[i];
      if (mass === 0) continue;
      const gap = label[i] - probability[i];
      grids.weight[point[i]] += mass * (1 - share[i]);
      grids.weight[point[i] + 1] += mass * share[i];
      grids.residual[point[i]] += mass * gap * (1 - share[i]);
      grids.residual[point[i] + 1] += mass * gap * share[i];
    }
    return grids;
  });
}

/** The Wilson interval around `value` with as many trials as the kernel reaches. */
function wilsonNear(
  { n, probability, label, weight, group, groups }: Table,
  kernel: Float64Array,
  value: number,
  level: number,
) {
  const counter = new ShareCounter(groups);
  for (let i = 0; i < n; i++) {
    const mass = weight[i] * kernel[Math.round(Math.min(1, Math.max(0, probability[i])) * GRID)];
    if (mass > 0) counter.add(group[i], mass, mass * label[i]);
  }
  const { low, high } = shareInterval(counter, level);
  const own = counter.hit / counter.weight;
  return { low: Math.max(0, value - (own - low)), high: Math.min(1, value + (high - own)) };
}
