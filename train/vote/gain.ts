import { effectiveNumber } from '../../metrics/interval/effective-number.js';
import type { Estimate } from '../../metrics/interval/interval.js';
import { pairedShare } from '../../metrics/interval/paired-share.js';
import { wilson } from '../../metrics/interval/wilson.js';
import type { Gain } from './results.js';

/** The grades of a question's first answer and of its voted answer (NaN where there is none), and what it counts. */
export interface Pair {
  first: number;
  vote: number;
  weight: number;
}

/**
 * Shares of right answers and the gain, over the questions with both grades, with 95% intervals. A question is one
 * observation of its weight, however many candidates it has.
 */
export function gainOf(pairs: readonly Pair[]): Gain {
  const both = pairs.filter(({ first, vote }) => !Number.isNaN(first) && !Number.isNaN(vote));
  const weight = Float64Array.from(both, (pair) => pair.weight);
  return {
    questions: both.length,
    first: shareOf(
      both.map(({ first }) => first),
      weight,
    ),
    vote: shareOf(
      both.map(({ vote }) => vote),
      weight,
    ),
    gain: pairedShare(
      Float64Array.from(both, ({ first, vote }) => vote - first),
      { weight },
    ),
  };
}

function shareOf(grades: readonly number[], weight: Float64Array): Estimate {
  if (grades.length === 0) return { value: null, low: null, high: null };
  const value = grades.reduce((sum, grade, i) => sum + weight[i] * grade, 0) / weight.reduce((sum, w) => sum + w, 0);
  return { value, ...wilson(value, effectiveNumber(weight)) };
}
