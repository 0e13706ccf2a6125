import { type Scored, type Table, tableOf } from './scored.js';

/**
 * A statistic of a draw: `times[g]` is how often group g was drawn. NaN where it does not exist. Metrics of one table
 * share sums of a draw, which are found by the identity of `times`: each draw is a new array.
 */
export type Resampled = (times: Float64Array) => number;

/**
 * A metric as a value: its name, which direction is better, how its bootstrap interval is made (`interval.ts`), and
 * `prepare`, which does everything that does not depend on the draw once (sorting, binning, sums by group), so that a
 * draw costs one pass.
 */
export interface Metric {
  name: string;
  better: 'lower' | 'higher';
  interval: 'percentile' | 'basic' | 'aboveNoise' | 'shifted';
  prepare(table: Table): Resampled;
  /**
   * Converts the scale of `prepare`, on which the interval is made, to the metric's own scale. Absent: they are the
   * same.
   */
  read?(raw: number): number;
  /** For `aboveNoise`: the metric of a draw if there were nothing but noise. */
  noise?(table: Table): Resampled;
  /** Number of draws that is enough if a draw is costly; absent: all. */
  draws?: number;
  of(scored: Scored): number;
}

/** What docs/metrics.md and the report say about a metric. */
interface MetricText {
  /** Name in the field, as the report shows it. */
  title: string;
  /** What it measures and when it misleads, in one to three sentences. */
  says: string;
  formula: string;
  range: string;
  /** The paper it follows, with section or equation. */
  source: string;
}

/** A metric that vouch reports. */
export interface ReportedMetric extends Metric {
  text: MetricText;
}

/** Adds `of` to a metric: its value with every group counted once. */
export function metric(parts: Omit<ReportedMetric, 'of'>): ReportedMetric;
export function metric(parts: Omit<Metric, 'of'>): Metric;
export function metric(parts: Omit<Metric, 'of'>): Metric {
  const { prepare, read = (raw: number) => raw } = parts;
  return { ...parts, of: (scored) => read(once(prepare, scored)) };
}

/** The value of a prepared statistic on the original answers. */
export function once(prepare: Metric['prepare'], scored: Scored): number {
  const table = tableOf(scored);
  return prepare(table)(new Float64Array(table.groups).fill(1));
}
