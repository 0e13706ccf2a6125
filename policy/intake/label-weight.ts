import { labelOf } from '../../data/label-of.js';
import type { Answer } from '../../data/token-list.js';
import type { Case } from '../../scorer/policy/case.js';
import { VouchError } from '../../support/errors.js';

/** Weights that differ by less are the same: sums of decimal fractions are not exact. */
const SAME = 1e-9;

/**
 * The weight of a case: that of the labels of its answers. A policy returns one of them, and how often the case counts in
 * the population does not depend on which, so they must have the same weight. Null if an answer has no label. Error:
 * BAD_LABEL if the weights differ.
 */
export function labelWeight({ first, others }: Case): number | null {
  const records = [first, ...others.values()];
  const weights = records.map((record) => labelOf(record as Answer)?.weight ?? null);
  const [weight] = weights;
  if (weight === null || weights.includes(null)) return null;
  const other = weights.findIndex((each) => Math.abs((each as number) - weight) > SAME * weight);
  if (other < 0) return weight;
  throw new VouchError('BAD_LABEL', 'the labels of the answers to one question have different weights', {
    field: 'labels.weight',
    expected: 'one weight for all answers to a question, because a policy returns only one of them',
    got: `${weight} for ${first.id}, ${weights[other]} for ${records[other].id}`,
  });
}
