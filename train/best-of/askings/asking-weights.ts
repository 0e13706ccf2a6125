import { VouchError } from '../../../support/errors.js';
import type { Asking } from './askings.js';

/** Weights that differ by less are the same: sums of decimal fractions are not exact. */
const SAME = 1e-9;

/**
 * The weight of each asking: that of the labels of its answers, divided by the mean over the askings `rows`; 1 without a
 * labelled answer. Any of its answers may be the chosen one, and the number of an asking in the population is one
 * number, so they must have the same weight. Error: BAD_LABEL if they differ.
 */
export function askingWeights(askings: readonly Asking[], rows: Int32Array): Float64Array {
  const weight = Float64Array.from(askings, weightOf);
  const mean = rows.reduce((sum, row) => sum + weight[row], 0) / Math.max(1, rows.length);
  return mean > 0 ? weight.map((each) => each / mean) : weight;
}

function weightOf({ draws, attempts }: Asking): number {
  const labelled = [...draws, ...attempts].filter(({ weight }) => !Number.isNaN(weight));
  if (labelled.length === 0) return 1;
  const [{ id, weight }] = labelled;
  const other = labelled.find((each) => Math.abs(each.weight - weight) > SAME * weight);
  if (other === undefined) return weight;
  throw new VouchError('BAD_LABEL', 'the labels of the answers to one prompt have different weights', {
    field: 'labels.weight',
    expected: 'one weight for all answers to a prompt, because only one of them is chosen',
    got: `${weight} for ${id}, ${other.weight} for ${other.id}`,
    hint: 'Give them the same weight, or grade all answers by a rule: --with NAME.',
  });
}
