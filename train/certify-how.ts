import type { TrainingData } from './data.js';
import type { TrainOptions } from './options.js';

/**
 * Whether all labels train and certify (nested cross-fitting). By default they do where questions are drawn at random and so
 * few that a part set aside for certification would be missed; with many, or a split by time, a part certifies.
 */
export function certifiesCrossed(
  { groupCount }: Pick<TrainingData, 'groupCount'>,
  { certify, split, crossGroups }: Pick<TrainOptions, 'certify' | 'split' | 'crossGroups'>,
): boolean {
  if (certify !== 'auto') return certify === 'cross';
  return split === 'group' && groupCount < crossGroups;
}
