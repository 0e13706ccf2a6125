import { VouchError } from '../../support/errors.js';
import type { TrainOptions } from '../options.js';
import type { TrainingData } from '../prepare/training-data.js';

/** A fit that leaves out two folds needs at least one other fold to fit on. */
const LEAST_FOLDS = 3;

/**
 * Whether all labels train and certify (nested cross-fitting). By default they do if the split is at random and there
 * are fewer than `crossGroups` questions, because then training needs all labels. Otherwise, and with `refit: always`,
 * a separate part certifies. Error: BAD_USAGE.
 */
export function certifiesCrossed(
  { groupCount }: Pick<TrainingData, 'groupCount'>,
  {
    certify,
    refit,
    split,
    crossGroups,
    folds,
  }: Pick<TrainOptions, 'certify' | 'refit' | 'split' | 'crossGroups' | 'folds'>,
): boolean {
  if (certify === 'auto') {
    return refit !== 'always' && split === 'group' && groupCount < crossGroups && folds >= LEAST_FOLDS;
  }
  if (certify === 'cross' && refit === 'always') {
    throw new VouchError('BAD_USAGE', 'nested cross-fitting already ships a predictor trained on all labels', {
      field: 'refit',
      hint: 'Leave refit out, or certify by a split.',
    });
  }
  if (certify === 'cross' && folds < LEAST_FOLDS) {
    throw new VouchError('BAD_USAGE', 'nested cross-fitting leaves out two folds at once, so it needs at least three', {
      field: 'folds',
      expected: `${LEAST_FOLDS} or more for nested cross-fitting`,
      got: folds,
    });
  }
  return certify === 'cross';
}
