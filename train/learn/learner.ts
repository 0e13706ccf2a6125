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

/**
 * The order of learners for the selection rule: a smaller number is simpler. The blend contains the linear model and
 * does not rely on a single flexible learner, so it comes before each of those. They must beat it to ship.
 */
const complexity: Record<LearnerName, number> = {
  rate: 0,
  signal: 1,
  logistic: 2,
  blend: 3,
  mlp: 4,
  tabm: 5,
  trees: 6,
};

/** The complexity of a learner. One of a plug-in is the most complex: it must beat ours to ship alone. */
export function complexityOf(name: AnyLearner): number {
  return isOwn(name) ? 7 : complexity[name];
}

export function isOwn(name: AnyLearner): name is OwnLearner {
  return name.startsWith('plugin.');
}

/**
 * Learners that are only a base rate or one signal: each is a baseline of the report and a candidate. The blend
 * contains the signal only if there are few questions, and never the base rate.
 */
const simpleLearners = ['rate', 'signal'] as const;
export type SimpleLearner = (typeof simpleLearners)[number];

export function isSimple(name: AnyLearner): name is SimpleLearner {
  return (simpleLearners as readonly AnyLearner[]).includes(name);
}

/** Learners that are fitted in stages: epochs of a network, every STRIDE trees. */
const stagedLearners = ['trees', 'mlp', 'tabm'] as const;
export type StagedLearner = (typeof stagedLearners)[number];

/** False for the blend, which consists of other learners and is not fitted on its own. */
export function isStaged(name: AnyLearner): name is StagedLearner {
  return (stagedLearners as readonly AnyLearner[]).includes(name);
}

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
