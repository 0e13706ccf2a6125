import type { LearnerName } from '../options.js';
import { type LearnerPlugin, ownName } from './define-learner.js';
import type { AnyLearner, OwnLearner, SimpleLearner, StagedLearner } from './learner.js';

/** A learner, ours or a plug-in's. `way` says how it is fitted. */
export type Learner =
  /** A base rate or one signal. Each is a baseline of the report and a candidate. */
  | { name: SimpleLearner; way: 'simple' }
  /** Logistic regression: the solution for one ridge. */
  | { name: 'logistic'; way: 'linear' }
  /** Other learners, weighted. It is not fitted on its own. */
  | { name: 'blend'; way: 'blend' }
  /** In stages: epochs of a network, every STRIDE trees. */
  | { name: StagedLearner; way: 'stages' }
  /** The function of a plug-in. */
  | { name: OwnLearner; way: 'plugin'; plugin: LearnerPlugin };

/**
 * All our learners, simplest first: the selection rule prefers an earlier one. The blend contains the linear model and
 * does not rely on a single flexible learner, so it comes before each of those. They must beat it to ship.
 */
const learners: readonly Learner[] = [
  { name: 'rate', way: 'simple' },
  { name: 'signal', way: 'simple' },
  { name: 'logistic', way: 'linear' },
  { name: 'blend', way: 'blend' },
  { name: 'mlp', way: 'stages' },
  { name: 'tabm', way: 'stages' },
  { name: 'trees', way: 'stages' },
];

/** Our learners with these names, in this order, and then those of plug-ins. */
export function learnersWith(names: readonly LearnerName[], own: readonly LearnerPlugin[] = []): readonly Learner[] {
  const plugins = own.map((plugin): Learner => ({ name: ownName(plugin), way: 'plugin', plugin }));
  return [...names.map((name) => learnerNamed(name)), ...plugins];
}

/** The learner with a name: one of `known`, else one of ours. */
export function learnerNamed(name: AnyLearner, known: readonly Learner[] = []): Learner {
  const found = [...known, ...learners].find((learner) => learner.name === name);
  if (found === undefined) throw new Error(`there is no learner ${name}`);
  return found;
}

/** The complexity of a learner: its place in the list. One of a plug-in comes last: it must beat ours to ship alone. */
export function complexityOf(name: AnyLearner): number {
  const place = learners.findIndex((learner) => learner.name === name);
  return place < 0 ? learners.length : place;
}

/** Whether it is only a base rate or one signal. The blend contains the signal only if there are few questions. */
export function isSimple(name: AnyLearner): name is SimpleLearner {
  return learners.some((learner) => learner.name === name && learner.way === 'simple');
}

/** Whether it is fitted in stages. */
export function isStaged(name: AnyLearner): name is StagedLearner {
  return learners.some((learner) => learner.name === name && learner.way === 'stages');
}
