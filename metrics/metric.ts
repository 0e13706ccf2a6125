import { type Scored, type Table, tableOf } from './scored.js';

/**
 * A statistic with its groups counted `times` over: `times[g]` is how often group g was drawn. NaN where it does not exist.
 * Metrics of one table share sums of a draw, known by the identity of `times`: each draw is an array of its own.
 */
export type Resampled = (times: Float64Array) => number;

/**
 * A metric as a value: its name, which way is better, how its bootstrap interval is made (`interval.ts`), and `prepare`,
 * which does once what does not depend on the draw (sorting, binning, sums by group), so that a resample costs one pass.
 */
export interface Metric {
  name: string;
  better: 'lower' | 'higher';
  interval: 'percentile' | 'basic' | 'aboveNoise' | 'shifted';
  prepare(table: Table): Resampled;
  /** From the scale of `prepare`, where the interval is made, to the metric's own; the same where absent. */
  read?(raw: number): number;
  /** For `aboveNoise`: what the metric would be, resampled, if noise were all there is. */
  noise?(table: Table): Resampled;
  /** Draws that suffice where one is costly; all where absent. */
  draws?: number;
  of(scored: Scored): number;
}

/** Completes a metric with `of`: every group counted once. */
export function metric(parts: Omit<Metric, 'of'>): Metric {
  const { prepare, read = (raw) => raw } = parts;
  return { ...parts, of: (scored) => read(once(prepare, scored)) };
}

/** The value of a prepared statistic on the answers as they are. */
export function once(prepare: Metric['prepare'], scored: Scored): number {
  const table = tableOf(scored);
  return prepare(table)(new Float64Array(table.groups).fill(1));
}
