import { effectiveNumber } from '../../metrics/interval/effective-number.js';
import { byQuestion, meanOf, questionWeights } from './by-question.js';
import type { Outcomes } from './outcome.js';
import type { Policy } from './policy.js';

/** A policy with what it chose for the fit questions, and its tokens per question. */
interface Trial {
  policy: Policy;
  outcomes: Outcomes;
  tokens: number;
}

/**
 * The policy to freeze: the one with the fewest tokens whose accuracy is within one paired standard error, by question,
 * of the most accurate one. So further answers are bought only if they help beyond noise. The fit questions alone
 * decide.
 */
export function frozenPolicy(trials: readonly Trial[], group: Int32Array): Policy {
  const grades = trials.map(({ outcomes }) => byQuestion(outcomes.grade, group, outcomes.weight));
  const weight = questionWeights(group, trials[0].outcomes.weight);
  const questions = effectiveNumber(weight);
  const means = grades.map((each) => meanOf(each, weight));
  const best = means.indexOf(means.reduce((most, mean) => Math.max(most, mean), Number.NEGATIVE_INFINITY));
  const near = trials.filter((_, k) => {
    const behind = grades[best].map((grade, q) => grade - grades[k][q]);
    const mean = meanOf(behind, weight);
    const variance = meanOf(
      behind.map((d) => (d - mean) ** 2),
      weight,
    );
    return mean <= Math.sqrt(variance / questions);
  });
  return near.reduce((cheapest, trial) => (trial.tokens < cheapest.tokens ? trial : cheapest)).policy;
}
