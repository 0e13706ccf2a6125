/** A number with the interval around it; null where it does not exist (AUROC over one class, say). */
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
 * Basic interval, 2v − q: the resampled values mirrored about the value, which takes off the noise that resampling adds once
 * more to a metric it raises (ECE). Source: Davison & Hinkley 1997, sec. 5.2.
 */
export function basic(value: number, resampled: Float64Array, level: number): Estimate {
  return between(value, resampled, level, (low, high) => [2 * value - high, 2 * value - low]);
}

/**
 * Interval of a sum of absolute gaps that noise alone raises (ECE): its low end is the value less the most that noise gives
 * (upper quantile of `noise`: gaps counted from those seen; by the triangle inequality the truth lies no lower), its high end
 * the basic one. It holds 0 where noise explains the value, where basic alone would miss in half of all cases.
 */
export function aboveNoise(value: number, resampled: Float64Array, noise: Float64Array, level: number): Estimate {
  const { high } = basic(value, resampled, level);
  if (high === null) return { value: finite(value), low: null, high: null };
  const most = quantile(noise.filter((x) => !Number.isNaN(x)).sort(), (1 + level) / 2);
  return { value, low: Math.max(0, value - most), high: Math.max(value, high) };
}

/**
 * Shifted percentile interval: the resampled values moved so that their mean is the value: for an estimate that is unbiased
 * itself while resampling raises it (debiased calibration error, squared).
 */
export function shifted(value: number, resampled: Float64Array, level: number): Estimate {
  const exist = resampled.filter((x) => !Number.isNaN(x));
  const shift = exist.reduce((sum, x) => sum + x, 0) / exist.length - value;
  return between(value, exist, level, (low, high) => [low - shift, high - shift]);
}

/** Quantile of ascending values with linear interpolation (type 7). */
export function quantile(sorted: Float64Array, q: number): number {
  const place = q * (sorted.length - 1);
  const below = Math.floor(place);
  const above = Math.min(below + 1, sorted.length - 1);
  return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
}

/** Resamples where the metric does not exist are left out. */
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

function finite(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}
