import { VouchError } from '../../support/errors.js';

/** Weights that differ by less are the same: sums of decimal fractions are not exact. */
const SAME = 1e-9;

interface Weighed {
  id: string;
  weight: number;
}

/**
 * The one weight of answers of which only one is used in the end. How often their prompt counts in the population does
 * not depend on which one that is, so all must have the same weight. `of` names what they answer. Error: BAD_LABEL if
 * the weights differ.
 */
export function commonWeight(answers: readonly [Weighed, ...Weighed[]], of: 'prompt' | 'question'): number {
  const [{ id, weight }] = answers;
  const other = answers.find((each) => Math.abs(each.weight - weight) > SAME * weight);
  if (other === undefined) return weight;
  throw new VouchError('BAD_LABEL', `the labels of the answers to one ${of} have different weights`, {
    field: 'labels.weight',
    expected: `one weight for all answers to a ${of}, because only one of them is used`,
    got: `${weight} for ${id}, ${other.weight} for ${other.id}`,
    hint: `Give all answers to a ${of} the same weight, or none.`,
  });
}

/**
 * The same of answers of which some may have no label (`labelWeight` is NaN); 1 if none has one. Error: BAD_LABEL.
 */
export function labelledWeight(
  answers: readonly { id: string; labelWeight: number }[],
  of: 'prompt' | 'question',
): number {
  const [first, ...others] = answers
    .map(({ id, labelWeight: weight }) => ({ id, weight }))
    .filter(({ weight }) => !Number.isNaN(weight));
  return first === undefined ? 1 : commonWeight([first, ...others], of);
}
