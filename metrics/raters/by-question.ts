import type { Random } from '../../support/random.js';
import { drawsFor, replicates } from '../interval/bootstrap.js';
import { type Estimate, percentile } from '../interval/interval.js';
import type { Resampled } from '../metric.js';

/** Fewest questions for an interval. */
const FEWEST = 20;

/** A statistic of the answers to some questions, numbered 0 to `groups` − 1. */
interface OfQuestions {
  statistic: Resampled;
  groups: number;
  rows: number;
}

/** The statistic with its 95% interval (bootstrap over questions); no interval with fewer than 20 questions. */
export function byQuestion({ statistic, groups, rows }: OfQuestions, random: Random): Estimate {
  const value = statistic(new Float64Array(groups).fill(1));
  if (groups < FEWEST) return { value: Number.isFinite(value) ? value : null, low: null, high: null };
  const [resampled] = replicates([statistic], groups, random, drawsFor(rows, 2000));
  return percentile(value, resampled, 0.95);
}

/**
 * A statistic of counts that add up: `counts[row · width …]` are summed by question, and `of` computes the value from
 * the sums.
 */
export function ofSums(
  counts: Float64Array,
  { width, group, groups }: { width: number; group: Int32Array; groups: number },
  of: (sums: Float64Array) => number,
): Resampled {
  const byGroup = new Float64Array(groups * width);
  for (let i = 0; i < group.length; i++)
    for (let c = 0; c < width; c++) byGroup[group[i] * width + c] += counts[i * width + c];
  return (times) => {
    const sums = new Float64Array(width);
    for (let g = 0; g < groups; g++) for (let c = 0; c < width; c++) sums[c] += times[g] * byGroup[g * width + c];
    return of(sums);
  };
}
