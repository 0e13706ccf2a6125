import type { Architecture, Network } from '../../models/networks/types.js';
import type { Trees } from '../../models/trees/trees.js';
import type { LearnerName, TrainOptions } from '../options.js';
import type { Linear } from './logistic/newton.js';

/** What can be fitted on its own. Every learner consists of these. */
export type SingleLearner = 'logistic' | SimpleLearner | StagedLearner | OwnLearner;

/** A learner of a plug-in. */
export type OwnLearner = `plugin.${string}`;

/** Every learner that can be a candidate. */
export type AnyLearner = LearnerName | OwnLearner;

/** The result of a fit: a network (logistic regression is one without hidden layers) or trees. */
export interface LearnerFit {
  network?: Network;
  trees?: Trees;
}

/** Learners that are only a base rate or one signal. */
export type SimpleLearner = 'rate' | 'signal';

/** Learners that are fitted in stages. */
export type StagedLearner = 'trees' | 'mlp' | 'tabm';

/** The share of a single learner in a learner: how far it is fitted, and the factor of its logit. */
export interface Share {
  kind: SingleLearner;
  stages: number;
  share: number;
}

/** The networks that a learner trains, and how many of them. Their inputs follow from the encoder. */
export function networksOf(
  kind: 'mlp' | 'tabm',
  { hidden, ensemble, members }: TrainOptions,
): { architecture: Omit<Architecture, 'inputs'>; members: number } {
  const plain = { hidden, skip: true };
  return kind === 'tabm'
    ? { architecture: { ...plain, ensemble }, members }
    : { architecture: plain, members: 2 * members };
}

/** A linear solution as a network without hidden layers. */
export function networkOf({ weights, intercept }: Linear): Network {
  return {
    architecture: { inputs: weights.length, hidden: [], skip: false },
    members: [[Float32Array.from(weights), Float32Array.of(intercept)]],
  };
}
