import type { Random } from '../support/random.js';
import {
  type BootstrapOptions,
  bootstrapDefaults,
  estimateOf,
  type Replicated,
  replicateMetrics,
} from './interval/bootstrap.js';
import { basic, type Estimate, percentile, shifted } from './interval/interval.js';
import type { Metric } from './metric.js';
import { type Scored, tableOf } from './scored.js';

interface Comparison {
  /** predictor → metric → value with interval */
  metrics: Record<string, Record<string, Estimate>>;
  /** predictor → metric → paired difference (reference − predictor). Below 0 the reference has the lower value. */
  differences: Record<string, Record<string, Estimate>>;
}

interface CompareOptions {
  metrics: readonly Metric[];
  answers: Omit<Scored, 'probability'>;
  predictors: Record<string, Float64Array>;
  reference: string;
  random: Random;
  options?: Partial<BootstrapOptions>;
}

/**
 * Compares several predictors of the same answers on the same bootstrap draws: every metric of each predictor, and the
 * paired difference between `reference` and every other one. Pairing removes the noise that the answers share, so that
 * small differences can be distinguished from noise.
 */
export function compare({ metrics, answers, predictors, reference, random, options = {} }: CompareOptions): Comparison {
  const { resamples, level } = { ...bootstrapDefaults, ...options };
  const names = Object.keys(predictors);
  const base = tableOf({ ...answers, probability: predictors[reference] });
  const tables = names.map((name) => ({ ...base, probability: predictors[name] }));
  const rows = replicateMetrics(metrics, tables, random, resamples);
  const ours = rows[names.indexOf(reference)];
  const comparison: Comparison = { metrics: {}, differences: {} };
  names.forEach((name, k) => {
    comparison.metrics[name] = byName(rows[k], (one) => estimateOf(one, level));
    if (name === reference) return;
    comparison.differences[name] = byName(rows[k], (theirs, m) => difference(ours[m], theirs, level));
  });
  return comparison;
}

/** Interval of a − b on the metric's own scale, of the kind that the metric asks for. */
function difference(a: Replicated, b: Replicated, level: number): Estimate {
  const { read = (raw: number) => raw, interval } = a.metric;
  const gaps = a.resampled.map((value, r) => read(value) - read(b.resampled[r]));
  const make =
    interval === 'aboveNoise' || interval === 'basic' ? basic : interval === 'shifted' ? shifted : percentile;
  return make(read(a.value) - read(b.value), gaps, level);
}

function byName(row: Replicated[], of: (one: Replicated, m: number) => Estimate): Record<string, Estimate> {
  return Object.fromEntries(row.map((one, m) => [one.metric.name, of(one, m)]));
}
