import type { Logits } from '../models/numbers.js';
import { meanOfTrees } from '../models/trees/trees.js';
import type { Random } from '../support/random.js';
import { STRIDE } from './boost/fit-trees.js';
import type { Pool } from './fit/pool.js';
import type { Sheet } from './fit/sheet.js';
import type { Ground } from './ground.js';
import { type Kind, networkOf, networksOf, type Part } from './learner.js';
import type { TrainOptions } from './options.js';

/** Kinds that are fitted in stages: epochs of a network, every STRIDE trees. */
export type StagedKind = Exclude<Kind, 'logistic'>;

/**
 * Fits a kind on a ground's rows as far as the log-loss of its held rows falls, and some way on: the mean logits of its members
 * for the held rows at every stage. How many stages are best is for all folds together to say (`bestStage`): held back for one
 * fit's sake, a share of few questions would stop it at random, and be lost to it.
 */
export async function trailOf(
  pool: Pool,
  sheet: Sheet,
  ground: Ground,
  kind: StagedKind,
  at: number,
  options: TrainOptions,
  random: Random,
): Promise<Logits[]> {
  const fits = await fitMembers(pool, sheet, ground, kind, at, options, random);
  return meanTrail(fits.map(({ trail }) => trail));
}

/** Fits a kind for good: logistic regression is the ridge solution at place `at` of the path; others go so many stages. */
export async function fitKind(
  pool: Pool,
  sheet: Sheet,
  ground: Ground,
  kind: Kind,
  at: number,
  stages: number,
  options: TrainOptions,
  random: Random,
): Promise<Part> {
  if (kind === 'logistic') return { network: networkOf(ground.path[at]) };
  const most: TrainOptions = {
    ...options,
    mlp: { ...options.mlp, epochs: stages },
    trees: { ...options.trees, most: Math.max(1, stages * STRIDE) },
  };
  const bare = { ...ground, held: new Int32Array(0) };
  const fits = await fitMembers(pool, sheet, bare, kind, at, most, random);
  const trees = fits.flatMap((fit) => ('trees' in fit ? fit.trees : []));
  if (trees.length > 0) return { trees: meanOfTrees(trees) };
  const networks = fits.flatMap((fit) => ('member' in fit ? fit : []));
  return { network: { architecture: networks[0].architecture, members: networks.map(({ member }) => member) } };
}

function fitMembers(
  pool: Pool,
  sheet: Sheet,
  ground: Ground,
  kind: StagedKind,
  at: number,
  options: TrainOptions,
  random: Random,
) {
  const { rows, held, encoder, path } = ground;
  const common = { rows, watch: held, extra: ground.words?.column ?? null, encoder };
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

/** The mean of some trails, as long as the longest: one that ended early stays where it ended. */
export function meanTrail(trails: readonly Logits[][]): Logits[] {
  const stages = Math.max(...trails.map((trail) => trail.length));
  return each(stages, (stage) => {
    const parts = trails.map((trail) => trail[Math.min(stage, trail.length - 1)]);
    return parts[0].map((_, i) => parts.reduce((sum, part) => sum + part[i], 0) / parts.length);
  });
}

function each<T>(count: number, of: (k: number) => T): T[] {
  return Array.from({ length: count }, (_, k) => of(k));
}
