import type { Architecture, Network } from '../../models/networks/types.js';
import type { Trees } from '../../models/trees/trees.js';
import type { LearnerName, TrainOptions } from '../options.js';
import type { Linear } from './logistic/newton.js';

/** What can be fitted on its own: everything a learner is made of. */
export type SingleLearner = 'logistic' | SimpleLearner | StagedLearner;

/** What a fit of one kind leaves: a network (logistic regression is one without layers) or trees. */
export interface LearnerFit {
  network?: Network;
  trees?: Trees;
}

/**
 * Fewer is simpler: how the selection rule orders learners. The blend holds the linear model and leans on no single flexible
 * one, so it comes before each of those alone: they must beat it to ship.
 */
export const complexity: Record<LearnerName, number> = {
  rate: 0,
  signal: 1,
  logistic: 2,
  blend: 3,
  mlp: 4,
  tabm: 5,
  trees: 6,
};

/**
 * Kinds that are no more than a base rate or one signal: a baseline of the report and a candidate. The blend holds the signal on few
 * questions only, and never the base rate.
 */
const simpleLearners = ['rate', 'signal'] as const;
export type SimpleLearner = (typeof simpleLearners)[number];

export function isSimple(name: LearnerName): name is SimpleLearner {
  return (simpleLearners as readonly LearnerName[]).includes(name);
}

/** Kinds that are fitted in stages: epochs of a network, every STRIDE trees. */
const stagedLearners = ['trees', 'mlp', 'tabm'] as const;
export type StagedLearner = (typeof stagedLearners)[number];

/** False for the blend, which is made of other kinds: it is not fitted on its own. */
export function isStaged(name: LearnerName): name is StagedLearner {
  return (stagedLearners as readonly LearnerName[]).includes(name);
}

/** A kind as a learner uses it: how far it is fitted, and what its logit is multiplied with. */
export interface Share {
  kind: SingleLearner;
  stages: number;
  share: number;
}

/** The networks a kind trains, and how many of them; their inputs follow from the encoder. */
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
