import type { Logits } from '../../models/numbers.js';
import { meanOfTrees } from '../../models/trees/trees.js';
import type { Random } from '../../support/random.js';
import { type LearnerFit, networkOf, networksOf, type SingleLearner, type StagedLearner } from '../learn/learner.js';
import { type Learner, learnerNamed } from '../learn/list.js';
import type { Pool } from '../learn/pool/pool.js';
import type { Sheet } from '../learn/sheet.js';
import { STRIDE } from '../learn/trees/fit-trees.js';
import type { Watching } from '../learn/watching.js';
import type { TrainOptions } from '../options.js';
import { extraOf } from './channels.js';
import type { Ground } from './ground.js';
import { fitOwn } from './own-learner.js';
import { meanTrail, type Trail } from './stages.js';

/** What a learner is fitted on, and how. `at` is the index of the ridge in the path of the ground. */
interface FitLearnerOptions {
  ground: Ground;
  at: number;
  options: TrainOptions;
  random: Random;
  /** The candidates, with those of plug-ins. */
  learners?: readonly Learner[];
}

/**
 * Logits of a ground's held-out rows at every stage of a fit. The held-out rows are divided into parts, and each part
 * has its own early stopping by its own labels.
 */
export interface Trails {
  /** The trail of one part. It ends where a fit that watched this part alone would have ended. */
  part(part: number): Trail;
  /** The logits of one part at a stage that other rows chose. */
  atStage(part: number, stage: number): Logits;
  /** Whether there are trails with this many stages, or all possible stages. */
  reaches(stages: number): boolean;
}

/**
 * Fits a learner on a ground's rows until the log-loss of the held-out rows no longer falls, and a few stages more.
 * Returns the mean logits of its members for the held-out rows at every stage. The best number of stages is chosen on
 * all folds together (`bestStage`): with few questions, the held-out rows of one fit are too noisy to stop on.
 */
export async function trailsOf(
  pool: Pool,
  sheet: Sheet,
  kind: StagedLearner,
  task: FitLearnerOptions,
  watching: { part: Int32Array; least: number },
): Promise<Trails> {
  const fits = await fitMembers(pool, sheet, kind, task, watching);
  const { part: parts, least } = watching;
  const placesOf = (part: number) => Int32Array.from(parts.keys()).filter((i) => parts[i] === part);
  const members = fits.map(({ trail }) => trail);
  return {
    part: (part) =>
      meanTrail(
        members,
        placesOf(part),
        fits.map(({ ends }) => (ends[part] ?? 0) + 1),
      ),
    atStage: (part, stage) => meanTrail(members, placesOf(part)).at(stage),
    reaches: (stages) => stages <= least || fits.every(({ trail }) => trail.length > stages),
  };
}

/**
 * Fits the learner that ships, on a ground without held-out rows. Logistic regression is the solution of its ridge;
 * trees and networks are fitted for `stages` stages.
 */
export async function fitLearner(
  pool: Pool,
  sheet: Sheet,
  kind: SingleLearner,
  stages: number,
  { ground, at, options, random, learners }: FitLearnerOptions,
): Promise<LearnerFit> {
  const learner = learnerNamed(kind, learners);
  if (learner.way === 'plugin') return { network: fitOwn(sheet, ground, learner.plugin, random).network };
  if (learner.way === 'simple') return { network: networkOf(ground.simple![learner.name]) };
  if (learner.way !== 'stages') return { network: networkOf(ground.path[at]) };
  const most: TrainOptions = {
    ...options,
    // `passes` limits only the search, where a fold has fewer rows.
    mlp: { ...options.mlp, epochs: stages, passes: undefined },
    trees: { ...options.trees, most: Math.max(1, stages * STRIDE) },
  };
  const fits = await fitMembers(pool, sheet, learner.name, { ground, at, options: most, random });
  const trees = fits.flatMap((fit) => ('trees' in fit ? fit.trees : []));
  if (trees.length > 0) return { trees: meanOfTrees(trees) };
  const networks = fits.flatMap((fit) => ('member' in fit ? fit : []));
  return { network: { architecture: networks[0].architecture, members: networks.map(({ member }) => member) } };
}

function fitMembers(
  pool: Pool,
  sheet: Sheet,
  kind: StagedLearner,
  { ground, at, options, random }: FitLearnerOptions,
  watching?: Watching,
) {
  const { rows, heldOut, encoder, path } = ground;
  const common = { rows, watch: heldOut, extra: extraOf(ground.channels), encoder, watching };
  const seed = (k: number) => random.fork(`${kind} ${k}`).seed;
  if (kind === 'trees') {
    return Promise.all(
      each(options.treeMembers, (k) =>
        pool.run(sheet, { kind, ...common, boost: options.trees, seed: seed(k) } as const),
      ),
    );
  }
  const { architecture, members } = networksOf(kind, options);
  const task = { kind: 'network', ...common, architecture, loop: options.mlp, start: path[at] } as const;
  return Promise.all(each(members, (k) => pool.run(sheet, { ...task, seed: seed(k) })));
}

function each<T>(count: number, of: (k: number) => T): T[] {
  return Array.from({ length: count }, (_, k) => of(k));
}
