import type { Logits } from '../models/numbers.js';
import type { Progress } from '../support/progress.js';
import type { Random } from '../support/random.js';
import { type Composed, type CrossFitted, composed } from './candidates.js';
import type { TrainingData } from './data.js';
import type { Pool } from './fit/pool.js';
import type { Sheet } from './fit/sheet.js';
import type { WordsFit } from './fit/words.js';
import { trailOf } from './fit-kind.js';
import { fitText, type Ground, layGround } from './ground.js';
import { isSimple, isStaged, type Kind, type StagedKind } from './learner.js';
import type { LearnerName, TrainOptions } from './options.js';
import { type Ridge, ridgePath } from './ridge-path.js';
import { clusteredMean, rowLosses, weightedMean } from './select.js';
import { atStage, bestStage, type Trail } from './stages.js';

/** Every candidate cross-fitted over the fit rows; logits in the order of `rows`. */
export interface CrossFit {
  rows: Int32Array;
  /** Fold of each row; rows of a question share one. */
  fold: Int32Array;
  learners: Map<LearnerName, Composed>;
  /** The ridge with the least out-of-fold log-loss. */
  ridge: Ridge;
  /** The text channel of each fold, and whether it lowered the loss of logistic regression by more than one standard error. */
  words: (WordsFit | null)[];
  text: TextGain | null;
  /** Shift of each row under a fit that had not seen its question; 1 is no threshold yet. */
  shift: Float64Array;
  /** Logistic regression without the text channel: its ridge and logits; null where text channels were given. */
  plain: { ridge: Ridge; logits: Logits } | null;
  /** Kinds that were behind after the first folds and not fitted further. */
  lost: Lost[];
}

/** Out-of-fold log-loss of logistic regression with the text channel minus without, paired, clustered by question. */
export interface TextGain {
  difference: number;
  standardError: number;
  used: boolean;
}

export interface Lost {
  name: Kind;
  to: Kind;
  difference: number;
}

/** Networks race over this many folds; the best one goes on. */
const RACE = 2;

/**
 * Cross-fitting: each fold's logits come from learners fitted on the other folds. First logistic regression along its path
 * of ridges, with and without the text channel, which chooses both; then trees and networks, which start from it.
 * `given` text channels (of the same folds) are taken as they are.
 */
export async function crossFit(
  pool: Pool,
  data: TrainingData,
  sheet: Sheet,
  rows: Int32Array,
  fold: Int32Array,
  options: TrainOptions,
  random: Random,
  progress: Progress,
  given?: (WordsFit | null)[],
): Promise<CrossFit> {
  const folds = Array.from({ length: options.folds }, (_, k) => ({
    fit: rows.filter((_, i) => fold[i] !== k),
    places: Int32Array.from(fold.keys()).filter((i) => fold[i] === k),
  }));
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
  const lay = (words: (WordsFit | null)[]) =>
    Promise.all(
      folds.map(async ({ fit, places }, k) => {
        const held = places.map((i) => rows[i]);
        const ground = await layGround(pool, sheet, fit, held, words[k], path, random);
        progress.add(1);
        return ground;
      }),
    );
  const none = folds.map(() => null);
  const words =
    given ??
    (await Promise.all(folds.map(({ fit }, k) => fitText(pool, data, sheet, fit, options, random.fork(`text ${k}`)))));
  const wanted = words.some((each) => each !== null);
  let grounds = await lay(given ?? none);
  const plain = given === undefined ? bestOf(data, rows, grounds, gather) : null;
  let text: TextGain | null = null;
  if (given === undefined && wanted) {
    const more = await lay(words);
    text = textGain(data, rows, plain!, bestOf(data, rows, more, gather));
    if (text.used) grounds = more;
  }
  const shift = gather(grounds.map((ground) => ground.shift.held));
  const { at, logits: linear } = bestOf(data, rows, grounds, gather);
  const fitted = new Map<Kind, CrossFitted>([['logistic', { logits: linear, stages: 0 }]]);
  for (const kind of options.learners.filter(isSimple)) {
    fitted.set(kind, { logits: gather(grounds.map(({ simple }) => simple.logits[kind])), stages: 0 });
  }
  const lost: Lost[] = [];
  const fitOn = async (kind: StagedKind, k: number): Promise<Trail> => {
    const own = { ground: grounds[k], at, options, random: random.fork(`${kind} ${k}`) };
    const trail = await trailOf(pool, sheet, kind, own);
    progress.add(1);
    return trail;
  };
  const asked = options.learners.filter(isStaged);
  const networks = asked.filter((kind) => kind !== 'trees');
  const started = new Map<StagedKind, Promise<Trail>[]>();
  for (const kind of asked) {
    const first = kind === 'trees' || networks.length < 2 ? options.folds : Math.min(RACE, options.folds);
    started.set(
      kind,
      Array.from({ length: first }, (_, k) => fitOn(kind, k)),
    );
  }
  const winner = await race(data, rows, folds, networks, started, lost);
  for (const kind of asked) {
    if (kind !== 'trees' && kind !== winner) continue;
    const fits = started.get(kind)!;
    while (fits.length < options.folds) fits.push(fitOn(kind, fits.length));
    const trails = await Promise.all(fits);
    const { stage } = bestStage(data, rows, folds, trails);
    fitted.set(kind, { logits: gather(trails.map((trail) => atStage(trail, stage))), stages: stage });
  }
  const learners = composed(data, rows, fold, options.learners, fitted);
  return {
    rows,
    fold,
    learners,
    ridge: path[at],
    words: text?.used === false ? none : words,
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

/** The ridge with the least out-of-fold log-loss and its logits. */
function bestOf(data: TrainingData, rows: Int32Array, grounds: Ground[], gather: (parts: Logits[]) => Logits): Best {
  const along = grounds[0].path.map((_, p) => gather(grounds.map(({ logits }) => logits[p])));
  const losses = along.map((z) => rowLosses(data, rows, z));
  const means = losses.map((loss) => weightedMean(data, rows, loss));
  const at = means.indexOf(Math.min(...means));
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

/** The network with the least log-loss over the folds that all have been fitted on. */
async function race(
  data: TrainingData,
  rows: Int32Array,
  folds: { places: Int32Array }[],
  networks: StagedKind[],
  started: Map<StagedKind, Promise<Trail>[]>,
  lost: Lost[],
): Promise<StagedKind | null> {
  if (networks.length < 2) return networks[0] ?? null;
  const loss = new Map<Kind, number>();
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
