import { isStaged } from '../learn/list.js';
import { type TrainOptions, wordsOf } from '../options.js';
import type { TrainingData } from '../prepare/training-data.js';

interface Planned {
  data: Pick<TrainingData, 'words'>;
  /** Whether there are embeddings. */
  hasVectors?: boolean;
  options: TrainOptions;
  /** Number of folds that have rows. */
  folds: number;
  /** Whether the recipe is repeated without each fold. */
  isCrossed: boolean;
  /** Whether the predictor takes the channels of another one. */
  isGiven: boolean;
  /** Number of learners of plug-ins. */
  ownLearners?: number;
}

/**
 * How many fits one predictor needs, known before the first one. With each fold left out: each channel, logistic
 * regression without and with it, every learner in stages, and every plug-in's learner. Nested cross-fitting also leaves
 * out each pair of folds, once. The last fit is the one that ships. A fit beyond this plan is announced when it begins (`FoldFits`).
 */
export function plannedFits({
  data,
  hasVectors,
  options,
  folds,
  isCrossed,
  isGiven,
  ownLearners = 0,
}: Planned): number {
  const without = folds + (isCrossed ? (folds * (folds - 1)) / 2 : 0);
  const hasText = !isGiven && data.words !== null && wordsOf(options) !== null;
  const channels = (hasText ? 1 : 0) + (hasVectors && !isGiven ? 1 : 0);
  const staged = options.learners.filter(isStaged).length;
  return without * (1 + 2 * channels + staged + ownLearners) + 1;
}
