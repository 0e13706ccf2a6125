import { descending } from '../../metrics/ranking/order.js';
import type { Random } from '../../support/random.js';
import { clusteredBinomialTest } from '../../train/certify/clustered-binomial.js';
import type { ThresholdCandidate } from '../../train/certify/threshold-candidates.js';
import type { Fits, Trained, Tried } from './fits.js';
import { type Outcome, outcome } from './judged.js';
import { splitThreshold } from './split-way.js';

/** An asymptotic test is used from this value of accepted questions × α. */
export const ENOUGH = 10;

export interface Sums {
  mass: Float64Array;
  wrong: Float64Array;
}

export type Test = (sums: Sums, alpha: number) => number;

/**
 * A step: a threshold per fold predictor, the sums by question of the accepted answers, and the share of accepted
 * answers.
 */
export interface Step extends Sums {
  thresholds: number[];
  accepted: number;
  coverage: number;
}

/**
 * Steps from strict to loose. Each predictor's thresholds come from its own training answers; a predictor without
 * thresholds accepts nothing. The steps end when all predictors are at their loosest threshold.
 */
export function* stepsOf(tried: readonly Tried[], lists: readonly (readonly ThresholdCandidate[])[], groups: number) {
  const most = Math.max(0, ...lists.map((list) => list.length));
  const mass = new Float64Array(groups);
  const wrong = new Float64Array(groups);
  const orders = tried.map(({ held }) => descending(held.probability));
  const at = tried.map(() => 0);
  const rows = tried.reduce((sum, { held }) => sum + held.label.length, 0);
  let [accepted, taken] = [0, 0];
  for (let s = 0; s < most; s++) {
    const thresholds = lists.map((list) =>
      list.length === 0 ? Number.POSITIVE_INFINITY : list[Math.min(s, list.length - 1)].threshold,
    );
    tried.forEach(({ held: { probability, label, weight, group } }, k) => {
      const order = orders[k];
      for (; at[k] < order.length && probability[order[at[k]]] >= thresholds[k]; at[k]++) {
        const i = order[at[k]];
        if (mass[group[i]] === 0) accepted++;
        mass[group[i]] += weight[i];
        wrong[group[i]] += weight[i] * (1 - label[i]);
        taken++;
      }
    });
    yield { thresholds, mass, wrong, accepted, coverage: taken / rows };
  }
}

/** What a cross-fitted promise would ship: a random fold predictor for each question, or the refit. */
export interface Crossed {
  folds: Outcome;
  refit: Outcome;
}

const NOTHING: Crossed = { folds: null, refit: null };

/**
 * The loosest step such that its test and all tests before it passed. It begins at the first step with enough accepted
 * questions, which is known without labels. If no step has enough, it bets on the answers of one fold, with that fold's
 * predictor.
 */
export function crossWay(
  { sample, folds, whole }: Fits,
  { alpha, delta, test = clusteredBinomialTest }: { alpha: number; delta: number; test?: Test },
  random: Random,
): Crossed {
  const lists = folds.map(({ candidates }) => candidates({ alpha, delta, groups: sample.groups }));
  let passed: { thresholds: number[]; coverage: number } | null = null;
  let enough = false;
  for (const step of stepsOf(folds, lists, sample.groups)) {
    if (step.accepted * alpha < ENOUGH) continue;
    enough = true;
    if (!(test(step, alpha) <= delta)) break;
    passed = { thresholds: step.thresholds, coverage: step.coverage };
  }
  if (!enough) return oneFold(folds[0], whole, { alpha, delta }, random);
  return passed === null ? NOTHING : shipped(folds, whole, passed);
}

/** Bets on the answers of one fold. */
function oneFold(tried: Tried, whole: Trained, level: { alpha: number; delta: number }, random: Random): Crossed {
  const threshold = splitThreshold(tried, level, random);
  if (threshold === null) return NOTHING;
  const { probability } = tried.held;
  const coverage = probability.reduce((n, p) => n + (p >= threshold ? 1 : 0), 0) / probability.length;
  return {
    folds: outcome([{ judged: tried.judged, threshold }]),
    refit: outcome([{ judged: whole.judged, threshold: atCoverage(whole.fitted.outOfFold, coverage) }]),
  };
}

/** A step as it would ship. The refit's threshold has the same coverage among its own out-of-fold probabilities. */
export function shipped(
  folds: readonly Trained[],
  whole: Trained,
  { thresholds, coverage }: { thresholds: readonly number[]; coverage: number },
): Crossed {
  return {
    folds: outcome(folds.map(({ judged }, k) => ({ judged, threshold: thresholds[k] }))),
    refit: outcome([{ judged: whole.judged, threshold: atCoverage(whole.fitted.outOfFold, coverage) }]),
  };
}

/** The threshold that accepts a share of the values. */
export function atCoverage(values: Float64Array, coverage: number): number {
  const falling = Float64Array.from(values).sort().reverse();
  const count = Math.round(coverage * falling.length);
  if (count === 0) return Number.POSITIVE_INFINITY;
  return count < falling.length ? (falling[count - 1] + falling[count]) / 2 : 0;
}
