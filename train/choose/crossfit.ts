import type { Logits } from '../../models/numbers.js';
import type { Lost, TextGain } from '../../report/results.js';
import { minOf } from '../../support/extremes.js';
import type { AnyLearner, SingleLearner, StagedLearner } from '../learn/learner.js';
import { type Ridge, ridgePath } from '../learn/ridge-path.js';
import type { TrainOptions } from '../options.js';
import type { TrainingData } from '../prepare/training-data.js';
import { type Channels, channelNames } from './channels.js';
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
  /** Which channels are used: each only if it lowered the loss of logistic regression by more than one standard error. */
  channels: Channels;
  /** What the text channel changed, and what the embedding channel changed after that; null if there was none. */
  text: TextGain | null;
  embeddings: TextGain | null;
  /**
   * Shift of each row, by a fit that has not seen its question. Not yet scaled so that 1 is the threshold. Null if folds
   * are left out: answers are decided by the shift of the shipped predictor alone.
   */
  shift: Float64Array | null;
  /**
   * Logistic regression without channels: its ridge and logits. Null if the caller decided about the channels.
   */
  plain: { ridge: Ridge; logits: Logits } | null;
  /** Networks that had a higher loss after the first folds and were not fitted on the other folds. */
  lost: Lost[];
}

/** Networks are compared on this many folds. Only the best one is fitted on the others. */
const RACE = 2;

/** The rows to cross-fit. `channels`: which channels are used; if absent, cross-fitting decides. */
interface CrossFitOf {
  data: TrainingData;
  options: TrainOptions;
  fits: FoldFits;
  /** Folds that are left out completely, because the result is judged on them; none by default. */
  without?: Without;
  channels?: Channels;
}

/**
 * Cross-fitting: each fold's logits come from learners that were fitted on the other folds. First, logistic regression
 * is fitted along its path of ridges, without channels, then with the text channel, then also with the embedding
 * channel; its losses choose the ridge and which channels are used. Then trees and networks are fitted; networks start from its solution. Rows of the folds `without`
 * are not used at all.
 */
export async function crossFit({ data, options, fits, without = [], channels }: CrossFitOf): Promise<CrossFit> {
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
  const lay = async (own: Channels) => {
    const grounds = await Promise.all(folds.map(({ out }) => fits.ground(out, own)));
    const of = (values: (ground: Ground) => Logits) =>
      gather(grounds.map((ground, k) => valuesAt(values(ground), folds[k].among)));
    const along = path.map((_, p) => of(({ logits }) => logits[p]));
    return { of, best: bestOf(data, rows, along) };
  };
  const fitted = {
    words: channels?.words === false ? [] : await Promise.all(folds.map(({ out }) => fits.text(out))),
    embeddings: channels?.embeddings === false ? [] : await Promise.all(folds.map(({ out }) => fits.embeddings(out))),
  };
  const has = (name: keyof Channels) => fitted[name].some((each) => each !== null);
  let used: Channels = {
    words: channels?.words === true && has('words'),
    embeddings: channels?.embeddings === true && has('embeddings'),
  };
  let ground = await lay(used);
  const plain = channels === undefined ? ground.best : null;
  const gains: Record<keyof Channels, TextGain | null> = { words: null, embeddings: null };
  for (const name of channelNames) {
    if (channels !== undefined || !has(name)) continue;
    const wider = { ...used, [name]: true };
    const more = await lay(wider);
    const gain = channelGain(data, rows, ground.best, more.best);
    gains[name] = gain;
    if (gain.used) [ground, used] = [more, wider];
  }
  const shift =
    without.length > 0
      ? null
      : gather(await Promise.all(folds.map(async ({ out, among }) => valuesAt(await fits.shift(out, used), among))));
  const { at, logits: linear } = ground.best;
  const crossed = new Map<SingleLearner, CrossFitted>([['logistic', { logits: linear, stages: 0 }]]);
  for (const learner of fits.learners) {
    if (learner.way !== 'simple') continue;
    crossed.set(learner.name, { logits: ground.of(({ simple }) => simple!.logits[learner.name]), stages: 0 });
  }
  for (const learner of fits.learners) {
    if (learner.way !== 'plugin') continue;
    const parts = await Promise.all(
      folds.map(async ({ out, among }) => valuesAt(await fits.own(out, { learner, channels: used }), among)),
    );
    crossed.set(learner.name, { logits: gather(parts), stages: 0 });
  }
  const lost: Lost[] = [];
  const trail = async (kind: StagedLearner, { out, part }: { out: Without; part: number }) =>
    (await fits.trails(out, { kind, at, channels: used })).part(part);
  const asked = fits.learners.flatMap((learner) => (learner.way === 'stages' ? learner.name : []));
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
    crossed.set(kind, { logits: gather(trails.map((each) => each.at(stage))), stages: stage });
  }
  return {
    rows,
    fold,
    learners: composed(
      data,
      rows,
      fold,
      fits.learners.map(({ name }) => name),
      crossed,
    ),
    ridge: path[at],
    at,
    channels: used,
    text: gains.words,
    embeddings: gains.embeddings,
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

function channelGain(data: TrainingData, rows: Int32Array, without: Best, withChannel: Best): TextGain {
  const { mean, error } = clusteredMean(
    data,
    rows,
    withChannel.losses.map((loss, i) => loss - without.losses[i]),
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
