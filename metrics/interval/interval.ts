import { quantile } from '../../support/quantile.js';

/** A number with its interval; null where it does not exist (for example AUROC if there is only one class). */
export interface Estimate {
  value: number | null;
  low: number | null;
  high: number | null;
}

/** Percentile interval: the middle `level` of the resampled values. Source: Davison & Hinkley 1997, sec. 5.3. */
export function percentile(value: number, resampled: Float64Array, level: number): Estimate {
  return between(value, resampled, level, (low, high) => [low, high]);
}

/**
 * Basic interval, 2v − q: the resampled values mirrored at the value. Resampling adds noise once more; for a metric
 * that noise raises (ECE), the mirror takes it off again. Source: Davison & Hinkley 1997, sec. 5.2.
 */
export function basic(value: number, resampled: Float64Array, level: number): Estimate {
  return between(value, resampled, level, (low, high) => [2 * value - high, 2 * value - low]);
}

/**
 * Interval of a sum of absolute gaps that noise alone raises (ECE). Its low end is the value minus the most that noise
 * adds: the upper quantile of `noise`, whose gaps are measured from the gaps of the original answers; by the triangle
 * inequality the truth is not lower. Its high end is that of the basic interval. It contains 0 if noise explains the
 * value; the basic interval alone would miss the truth in half of these cases.
 */
export function aboveNoise(value: number, resampled: Float64Array, noise: Float64Array, level: number): Estimate {
  const { high } = basic(value, resampled, level);
  if (high === null) return { value: finite(value), low: null, high: null };
  const most = quantile(noise.filter((x) => !Number.isNaN(x)).sort(), (1 + level) / 2);
  return { value, low: Math.max(0, value - most), high: Math.max(value, high) };
}

/**
 * Shifted percentile interval: the resampled values are moved so that their mean is the value. For an estimate that is
 * unbiased but that resampling raises (the squared debiased calibration error).
 */
export function shifted(value: number, resampled: Float64Array, level: number): Estimate {
  const exist = resampled.filter((x) => !Number.isNaN(x));
  const shift = exist.reduce((sum, x) => sum + x, 0) / exist.length - value;
  return between(value, exist, level, (low, high) => [low - shift, high - shift]);
}

/**
 * Percentile interval of a share, widened to the Wilson interval where that is wider: if all answers agree, draws of
 * them agree too, and the percentile interval would be a point.
 */
export function atLeastWilson(
  value: number,
  resampled: Float64Array,
  wilson: { low: number; high: number },
  level: number,
): { low: number; high: number } {
  const { low, high } = percentile(value, resampled, level);
  return { low: Math.min(low ?? 0, wilson.low), high: Math.max(high ?? 1, wilson.high) };
}

/** Draws in which the metric does not exist are left out. */
function between(
  value: number,
  resampled: Float64Array,
  level: number,
  ends: (low: number, high: number) => [number, number],
): Estimate {
  const sorted = resampled.filter((x) => !Number.isNaN(x)).sort();
  if (Number.isNaN(value) || sorted.length === 0) return { value: finite(value), low: null, high: null };
  const [low, high] = ends(quantile(sorted, (1 - level) / 2), quantile(sorted, (1 + level) / 2));
  return { value, low, high };
}

/** Null for a number that does not exist: JSON and the store have no NaN. */
export function finite(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}
