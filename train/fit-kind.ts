import { foldsByGroup } from '../data/split.js';
import type { Logits } from '../models/numbers.js';
import { meanOfTrees } from '../models/trees/trees.js';
import type { Random } from '../support/random.js';
import type { TrainingData } from './data.js';
import type { Pool } from './fit/pool.js';
import type { Sheet } from './fit/sheet.js';
import type { Ground } from './ground.js';
import { type Kind, networkOf, networksOf, type Part } from './learner.js';
import type { TrainOptions } from './options.js';
import { groupNames, strataOf } from './strata.js';

/** A fitted part and its logits for the ground's held rows. */
export interface FittedKind {
  part: Part;
  logits: Logits;
}

/**
 * Fits one kind on a ground: logistic regression is the ridge solution at penalty `at`; networks and trees have `members`,
 * each stopped on its own share of the questions, the shares of the members apart. No question is fitted and stopped on.
 */
export async function fitKind(
  pool: Pool,
  data: TrainingData,
  sheet: Sheet,
  ground: Ground,
  kind: Kind,
  at: number,
  options: TrainOptions,
  random: Random,
): Promise<FittedKind> {
  const { encoder, path, held } = ground;
  if (kind === 'logistic') return { part: { network: networkOf(path[at]) }, logits: ground.logits[at] };
  const extra = ground.words?.column ?? null;
  const split = stopSplits(data, ground.rows, options, random);
  const common = (k: number) => ({ ...split(k), held, extra, encoder });
  const seed = (k: number) => random.fork(`${kind} ${k}`).seed;
  if (kind === 'trees') {
    const fits = await Promise.all(
      each(options.treeMembers, (k) =>
        pool.run(sheet, { kind: 'trees', ...common(k), boost: options.trees, seed: seed(k) } as const),
      ),
    );
    return { part: { trees: meanOfTrees(fits.map(({ trees }) => trees)) }, logits: meanLogits(fits) };
  }
  const { architecture, members } = networksOf(kind, options);
  const penalty = options.penalties[at];
  const fits = await Promise.all(
    each(members, (k) =>
      pool.run(sheet, {
        kind: 'network',
        ...common(k),
        architecture,
        loop: options.mlp,
        penalty,
        near: path[at],
        seed: seed(k),
      } as const),
    ),
  );
  const network = { architecture: fits[0].architecture, members: fits.map(({ member }) => member) };
  return { part: { network }, logits: meanLogits(fits) };
}

/** Rows of a member: fitted on, and stopped on. */
function stopSplits(data: TrainingData, rows: Int32Array, options: TrainOptions, random: Random) {
  const parts = Math.max(2 * options.members, options.treeMembers, Math.round(1 / options.stopShare));
  const fold = foldsByGroup(groupNames(data, rows), parts, random.fork('stop'), strataOf(data, rows));
  return (k: number) => ({ fit: rows.filter((_, i) => fold[i] !== k), stop: rows.filter((_, i) => fold[i] === k) });
}

function meanLogits(fits: { logits: Logits }[]): Logits {
  return fits[0].logits.map((_, i) => fits.reduce((sum, { logits }) => sum + logits[i], 0) / fits.length);
}

function each<T>(count: number, of: (k: number) => T): T[] {
  return Array.from({ length: count }, (_, k) => of(k));
}
