import type { Logits } from '../../models/numbers.js';
import type { Lost, TextGain } from '../../report/results.js';
import { minOf } from '../../support/extremes.js';
import { type AnyLearner, isSimple, isStaged, type SingleLearner, type StagedLearner } from '../learn/learner.js';
import { type Ridge, ridgePath } from '../learn/ridge-path.js';
import { type TrainOptions, wordsOf } from '../options.js';
import type { TrainingData } from '../prepare/training-data.js';
import { type Composed, type CrossFitted, composed } from './compose.js';
import { type FoldFits, valuesAt, type Without } from './fold-fits.js';
import { foldsIn } from './fold-places.js';
import type { Ground } from './ground.js';
import { clusteredMean, rowLosses, weightedMean } from './select.js';
import { bestStage, type Trail } from './stages.js';

/** Every candidate cross-fitted over the fit rows; logits in the order of `rows`. */
export interface CrossFit {
  rows: Int32Array;
  /** Fold of each row. Rows of one question are in the same fold. */
  fold: Int32Array;
  learners: Map<AnyLearner, Composed>;
  /** The ridge with the least out-of-fold log-loss. */
  ridge: Ridge;
  /** The index of this ridge in the path of ridges. */
  at: number;
  /**
   * Whether the text channel is used, and whether it lowered the loss of logistic regression by more than one standard
   * error.
   */
  words: boolean;
  text: TextGain | null;
  /** Shift of each row, by a fit that has not seen its question. Not yet scaled so that 1 is the threshold. */
  shift: Float64Array;
  /**
   * Logistic regression without the text channel: its ridge and logits. Null if the caller decided about the channel.
   */
  plain: { ridge: Ridge; logits: Logits } | null;
  /** Networks that had a higher loss after the first folds and were not fitted on the other folds. */
  lost: Lost[];
}

/** Networks are compared on this many folds. Only the best one is fitted on the others. */
const RACE = 2;

/** The rows to cross-fit. `words`: whether the text channel is used; if absent, cross-fitting decides. */
interface CrossFitOf {
  data: TrainingData;
  options: TrainOptions;
  fits: FoldFits;
  /** Folds that are left out completely, because the result is judged on them; none by default. */
  without?: Without;
  words?: boolean;
}

/**
 * Cross-fitting: each fold's logits come from learners that were fitted on the other folds. First, logistic regression
 * is fitted along its path of ridges, with and without the text channel; its losses choose the ridge and whether the
 * channel is used. Then trees and networks are fitted; networks start from its solution. Rows of the folds `without`
 * are not used at all.
 */
export async function crossFit({ data, options, fits, without = [], words }: CrossFitOf): Promise<CrossFit> {
  const here = Int32Array.from(fits.fold.keys()).filter((i) => !without.includes(fits.fold[i]));
  const rows = here.map((i) => fits.rows[i]);
  const fold = here.map((i) => fits.fold[i]);
  const folds = foldsIn(fold).map((k) => {
    const out = [...without, k].sort((a, b) => a - b);
    return {
      out,
      part: out.indexOf(k),
      among: fits.among(out, k),
      places: Int32Array.from(fold.keys()).filter((i) => fold[i] === k),
    };
  });
  const path = ridgePath(options);
  const gather = (parts: Logits[]): Logits => {
    const all = new Float64Array(rows.length);
    folds.forEach(({ places }, k) => {
      places.forEach((i, at) => {
        all[i] = parts[k][at];
      });
    });
    return all;
  };
  const lay = async (channel: boolean) => {
    const grounds = await Promise.all(folds.map(({ out }) => fits.ground(out, channel)));
    const of = (values: (ground: Ground) => Logits) =>
      gather(grounds.map((ground, k) => valuesAt(values(ground), folds[k].among)));
    const along = path.map((_, p) => of(({ logits }) => logits[p]));
    return { of, best: bestOf(data, rows, along) };
  };
  const channels =
    words === false || wordsOf(options) === null || data.words === null
      ? folds.map(() => null)
      : await Promise.all(folds.map(({ out }) => fits.text(out)));
  const hasChannel = channels.some((each) => each !== null);
  let ground = await lay(words === true && hasChannel);
  const plain = words === undefined ? ground.best : null;
  let text: TextGain | null = null;
  if (words === undefined && hasChannel) {
    const more = await lay(true);
    text = textGain(data, rows, ground.best, more.best);
    if (text.used) ground = more;
  }
  const isUsed = hasChannel && (words ?? text?.used ?? false);
  const shift = ground.of(({ shift }) => shift.heldOut);
  const { at, logits: linear } = ground.best;
  const fitted = new Map<SingleLearner, CrossFitted>([['logistic', { logits: linear, stages: 0 }]]);
  for (const kind of options.learners.filter(isSimple)) {
    fitted.set(kind, { logits: ground.of(({ simple }) => simple!.logits[kind]), stages: 0 });
  }
  for (const kind of fits.learners) {
    const parts = await Promise.all(
      folds.map(async ({ out, among }) => valuesAt(await fits.own(out, { kind, words: isUsed }), among)),
    );
    fitted.set(kind, { logits: gather(parts), stages: 0 });
  }
  const lost: Lost[] = [];
  const trail = async (kind: StagedLearner, { out, part }: { out: Without; part: number }) =>
    (await fits.trails(out, { kind, at, words: isUsed })).part(part);
  const asked = options.learners.filter(isStaged);
  const networks = asked.filter((kind) => kind !== 'trees');
  const started = new Map<StagedLearner, Promise<Trail>[]>();
  for (const kind of asked) {
    const first = kind === 'trees' || networks.length < 2 ? folds.length : Math.min(RACE, folds.length);
    started.set(
      kind,
      folds.slice(0, first).map((each) => trail(kind, each)),
    );
  }
  const winner = await race({ data, rows, folds, networks, started, lost });
  for (const kind of asked) {
    if (kind !== 'trees' && kind !== winner) continue;
    const done = started.get(kind)!;
    while (done.length < folds.length) done.push(trail(kind, folds[done.length]));
    const trails = await Promise.all(done);
    const { stage } = bestStage(data, rows, folds, trails);
    fitted.set(kind, { logits: gather(trails.map((each) => each.at(stage))), stages: stage });
  }
  return {
    rows,
    fold,
    learners: composed(data, rows, fold, [...options.learners, ...fits.learners], fitted),
    ridge: path[at],
    at,
    words: isUsed,
    text,
    lost,
    shift,
    plain: plain && { ridge: path[plain.at], logits: plain.logits },
  };
}

interface Best {
  at: number;
  logits: Logits;
  losses: Float64Array;
}

/** The ridge on the path with the lowest out-of-fold log-loss, and its logits. */
function bestOf(data: TrainingData, rows: Int32Array, along: Logits[]): Best {
  const losses = along.map((z) => rowLosses(data, rows, z));
  const means = losses.map((loss) => weightedMean(data, rows, loss));
  const at = means.indexOf(minOf(means));
  return { at, logits: along[at], losses: losses[at] };
}

function textGain(data: TrainingData, rows: Int32Array, without: Best, withText: Best): TextGain {
  const { mean, error } = clusteredMean(
    data,
    rows,
    withText.losses.map((loss, i) => loss - without.losses[i]),
  );
  return { difference: mean, standardError: error, used: mean < -error };
}

interface RaceOptions {
  data: TrainingData;
  rows: Int32Array;
  folds: { places: Int32Array }[];
  networks: StagedLearner[];
  started: Map<StagedLearner, Promise<Trail>[]>;
  lost: Lost[];
}

/** The network with the lowest log-loss on the folds that all networks were fitted on. */
async function race({ data, rows, folds, networks, started, lost }: RaceOptions): Promise<StagedLearner | null> {
  if (networks.length < 2) return networks[0] ?? null;
  const loss = new Map<SingleLearner, number>();
  for (const kind of networks) {
    const trails = await Promise.all(started.get(kind)!);
    loss.set(kind, bestStage(data, rows, folds, trails).loss);
  }
  const best = networks.reduce((a, b) => (loss.get(b)! < loss.get(a)! ? b : a));
  for (const kind of networks) {
    if (kind !== best) lost.push({ name: kind, to: best, difference: loss.get(kind)! - loss.get(best)! });
  }
  return best;
}
