import type { Random } from '../../support/random.js';
import type { Metric, Resampled } from '../metric.js';
import { type Scored, type Table, tableOf } from '../scored.js';
import { aboveNoise, basic, type Estimate, percentile, shifted } from './interval.js';

export interface BootstrapOptions {
  resamples: number;
  level: number;
}

export const bootstrapDefaults: BootstrapOptions = { resamples: 2000, level: 0.95 };

/** Rows times draws that are worth their time: 2,000 draws of 50,000 answers. */
const MOST_COUNTED = 1e8;
/**
 * Fewest draws however many rows: an end of a 95% interval is then known to .13 standard errors (quantile of 400
 * draws).
 */
const FEWEST_DRAWS = 400;

/**
 * Draws for so many rows: as asked up to 50,000 rows, then fewer. All rows stay in every draw, so values and intervals
 * are unbiased; only how exactly the ends are known depends on the number of draws, and it does not depend on the rows.
 */
export function drawsFor(rows: number, resamples: number): number {
  return Math.min(resamples, Math.max(FEWEST_DRAWS, Math.floor(MOST_COUNTED / Math.max(rows, 1))));
}

/**
 * Grouped bootstrap: draws as many questions as there are, with replacement, and computes every statistic on the same
 * draws. Returns one array of resampled values per statistic; a statistic may ask for fewer draws than the others. The
 * draws depend only on the generator's seed and the number of groups, not on its state. Source: Davison & Hinkley 1997,
 * sec. 3.8.
 */
export function replicates(
  statistics: Resampled[],
  groups: number,
  random: Random,
  resamples = bootstrapDefaults.resamples,
  most: number[] = [],
): Float64Array[] {
  const draw = random.fork('bootstrap');
  const values = statistics.map((_, s) => new Float64Array(Math.min(resamples, most[s] ?? resamples)));
  for (let r = 0; r < resamples; r++) {
    const times = new Float64Array(groups);
    for (let g = 0; g < groups; g++) times[draw.int(groups)]++;
    for (let s = 0; s < statistics.length; s++) if (r < values[s].length) values[s][r] = statistics[s](times);
  }
  return values;
}

/**
 * A metric of one predictor: its value, its resampled values and, for metrics that need them, the resampled values of
 * noise alone.
 */
export interface Replicated {
  metric: Metric;
  value: number;
  resampled: Float64Array;
  noise: Float64Array | null;
}

/**
 * All metrics of all tables (the same answers, other predictors) on the same draws. The draws are made again for each
 * table, which needs less memory than keeping them. With many rows, fewer draws than `resamples` (`drawsFor`).
 */
export function replicateMetrics(
  metrics: readonly Metric[],
  tables: Table[],
  random: Random,
  resamples: number,
): Replicated[][] {
  return tables.map((table) => {
    const prepared = metrics.map((metric) => ({
      metric,
      statistic: metric.prepare(table),
      noise: metric.noise?.(table) ?? null,
    }));
    const draws = drawsFor(table.n, resamples);
    const asked = prepared.flatMap(({ metric, statistic, noise }) =>
      (noise === null ? [statistic] : [statistic, noise]).map((of) => ({ of, draws: metric.draws ?? draws })),
    );
    const values = replicates(
      asked.map(({ of }) => of),
      table.groups,
      random,
      draws,
      asked.map(({ draws }) => draws),
    );
    const once = new Float64Array(table.groups).fill(1);
    let at = 0;
    return prepared.map(({ metric, statistic, noise }) => ({
      metric,
      value: statistic(once),
      resampled: values[at++],
      noise: noise === null ? null : values[at++],
    }));
  });
}

/** The interval that a metric asks for, on its own scale. */
export function estimateOf({ metric, value, resampled, noise }: Replicated, level: number): Estimate {
  const estimate =
    metric.interval === 'aboveNoise' && noise !== null
      ? aboveNoise(value, resampled, noise, level)
      : metric.interval === 'shifted'
        ? shifted(value, resampled, level)
        : metric.interval === 'basic'
          ? basic(value, resampled, level)
          : percentile(value, resampled, level);
  const read = (raw: number | null) => (raw === null || metric.read === undefined ? raw : metric.read(raw));
  return { value: read(estimate.value), low: read(estimate.low), high: read(estimate.high) };
}

/** Each metric with its grouped-bootstrap interval, by name. */
export function bootstrap(
  metrics: readonly Metric[],
  scored: Scored,
  random: Random,
  options: Partial<BootstrapOptions> = {},
): Record<string, Estimate> {
  const { resamples, level } = { ...bootstrapDefaults, ...options };
  const [row] = replicateMetrics(metrics, [tableOf(scored)], random, resamples);
  return Object.fromEntries(row.map((one) => [one.metric.name, estimateOf(one, level)]));
}
