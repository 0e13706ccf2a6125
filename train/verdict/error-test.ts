import { isNear } from '../../data/label/number/near.js';
import type { Guarantee } from '../../models/bundle/manifest.js';
import { clusteredBinomialTest, type EffectiveTrials, effectiveTrials } from '../certify/clustered-binomial.js';

/** Weight of the accepted answers of each question that has any, and of the wrong ones: 0 ≤ wrong ≤ mass. */
export interface AcceptedSums {
  mass: Float64Array;
  wrong: Float64Array;
}

/**
 * Two one-sided tests of the share of errors among accepted answers, on sums by question. Both are the binomial test if
 * every question has one accepted answer of the same weight that is right or wrong (`finite-sample`); otherwise the
 * binomial test on an effective number of trials (`asymptotic`).
 */
export interface ErrorTest {
  guarantee: Guarantee;
  /** p-value of "the share of errors is α or more"; small: it is below α. */
  below(alpha: number): number;
  /** p-value of "the share of errors is α or less"; small: it is above α. */
  above(alpha: number): number;
  /** What the answers count as in each test; in `above`, right answers are the failures. */
  trials: { below: EffectiveTrials; above: EffectiveTrials };
  /** Questions as many as if all weighed the same, (Σ mass)² / Σ mass². Source: Kish 1965. */
  evenQuestions: number;
  /** Whether some questions weigh so much more than others that few of them decide. */
  isUneven: boolean;
}

/** Below this share of even questions, questions count as uneven. Questions with one to eight answers have 0.8. */
const UNEVEN = 0.7;

export function errorTest({ mass, wrong }: AcceptedSums): ErrorTest {
  const right = mass.map((m, i) => m - wrong[i]);
  const [m, mm] = [1, 2].map((power) => mass.reduce((sum, each) => sum + each ** power, 0));
  const isPlain = mass.every((each, i) => isNear(each, mass[0]) && (isNear(wrong[i], 0) || isNear(right[i], 0)));
  const evenQuestions = mm > 0 ? m ** 2 / mm : 0;
  return {
    guarantee: isPlain ? 'finite-sample' : 'asymptotic',
    below: (alpha) => clusteredBinomialTest({ mass, wrong }, alpha),
    above: (alpha) => clusteredBinomialTest({ mass, wrong: right }, 1 - alpha),
    trials: { below: effectiveTrials({ mass, wrong }), above: effectiveTrials({ mass, wrong: right }) },
    evenQuestions,
    isUneven: evenQuestions < UNEVEN * mass.length,
  };
}

/**
 * Limits of the share of errors, by inverting both tests: each holds with confidence 1 − δ on its own. `low` is the
 * largest share that `above` rejects, `high` the smallest that `below` rejects; 0 and 1 if there is none.
 */
export function errorLimits({ below, above }: ErrorTest, error: number, delta: number): { low: number; high: number } {
  return {
    low: error <= 0 ? 0 : edge(0, error, (alpha) => above(alpha) <= delta),
    high: error >= 1 ? 1 : edge(1, error, (alpha) => below(alpha) <= delta),
  };
}

/** Where a condition that is true near `inside` and false at `outside` changes. 2^-40 of their distance is left. */
function edge(inside: number, outside: number, isInside: (x: number) => boolean): number {
  for (let step = 0; step < 40; step++) {
    const middle = (inside + outside) / 2;
    if (isInside(middle)) inside = middle;
    else outside = middle;
  }
  return inside;
}
