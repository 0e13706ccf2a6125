import type { Estimate } from '../../metrics/interval/interval.js';
import { pairedShare } from '../../metrics/interval/paired-share.js';
import { wilson } from '../../metrics/interval/wilson.js';
import type { Gain } from './results.js';

/** The grades of a question's first answer and of its voted answer; NaN where there is none. */
export interface Pair {
  first: number;
  vote: number;
}

/**
 * Shares of right answers and the gain, over the questions with both grades, with 95% intervals. A question is one
 * observation, however many candidates it has.
 */
export function gainOf(pairs: readonly Pair[]): Gain {
  const both = pairs.filter(({ first, vote }) => !Number.isNaN(first) && !Number.isNaN(vote));
  return {
    questions: both.length,
    first: shareOf(both.map(({ first }) => first)),
    vote: shareOf(both.map(({ vote }) => vote)),
    gain: pairedShare(Float64Array.from(both, ({ first, vote }) => vote - first)),
  };
}

function shareOf(grades: readonly number[]): Estimate {
  if (grades.length === 0) return { value: null, low: null, high: null };
  const value = grades.reduce((sum, grade) => sum + grade, 0) / grades.length;
  return { value, ...wilson(value, grades.length) };
}
