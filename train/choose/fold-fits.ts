import type { Calibrator } from '../../models/calibrators/calibrator.js';
import type { Logits } from '../../models/numbers.js';
import type { Progress } from '../../support/progress.js';
import type { Random } from '../../support/random.js';
import { type LearnerPlugin, ownName } from '../learn/define-learner.js';
import { isSimple, type OwnLearner, type StagedLearner } from '../learn/learner.js';
import type { Pool } from '../learn/pool/pool.js';
import { ridgePath } from '../learn/ridge-path.js';
import type { Sheet } from '../learn/sheet.js';
import type { WordsFit } from '../learn/text/words.js';
import type { TrainOptions } from '../options.js';
import type { TrainingData } from '../prepare/training-data.js';
import { type Trails, trailsOf } from './fit-learner.js';
import { fitText, type Ground, layGround } from './ground.js';
import { fitOwn } from './own-learner.js';

/** The folds that a fit leaves out, in ascending order: one; two if cross-fitting itself leaves out a fold. */
export type Without = readonly number[];

/**
 * A request for a fit in stages. `at`: the index of the ridge that it starts from; `words`: whether the text channel is
 * used; `least`: the smallest number of stages.
 */
interface Staged {
  kind: StagedLearner;
  at: number;
  words: boolean;
  least?: number;
}

/** Fits on all rows except those of some folds. Each fit is made once and shared by all callers. */
export interface FoldFits {
  rows: Int32Array;
  /** Fold of each of `rows`. */
  fold: Int32Array;
  /** The text channel, fitted without these folds; null if no words were collected. */
  text(without: Without): Promise<WordsFit | null>;
  /** Encoder, ridge solutions and simple baselines. The rows of the left-out folds are their held-out rows. */
  ground(without: Without, words: boolean): Promise<Ground>;
  trails(without: Without, staged: Staged): Promise<Trails>;
  /** The learners of plug-ins. */
  learners: readonly OwnLearner[];
  /** The logits of one of them for the rows of the left-out folds. */
  own(without: Without, how: { kind: OwnLearner; words: boolean }): Promise<Logits>;
  /** The indices in `rows` of a fold's rows. */
  places(fold: number): Int32Array;
  /** The indices of a fold's rows among the held-out rows of a fit without some folds. */
  among(without: Without, fold: number): Int32Array;
}

/** What the fits need. `text`: text channels that were already fitted on the same rows and folds, to be used again. */
export interface FitsOf {
  pool: Pool;
  data: TrainingData;
  sheet: Sheet;
  rows: Int32Array;
  fold: Int32Array;
  options: TrainOptions;
  random: Random;
  progress: Progress;
  text?: FoldFits['text'];
  /** The learners and calibrators of plug-ins. */
  own?: OwnWays;
}

/** What plug-ins add to the candidates. */
export interface OwnWays {
  learners: readonly LearnerPlugin[];
  calibrators: readonly Calibrator[];
}

export function foldFits({ pool, data, sheet, rows, fold, options, random, progress, text, own }: FitsOf): FoldFits {
  const texts = new Map<string, Promise<WordsFit | null>>();
  const grounds = new Map<string, Promise<Ground>>();
  const said = new Map<string, Promise<Logits>>();
  const staged = new Map<string, { least: number; trails: Promise<Trails> }>();
  const unplanned = unplannedFits(progress, text !== undefined);
  const path = ridgePath(options);
  const hasSimple = options.learners.some(isSimple);
  const inFit = (without: Without) => rows.filter((_, i) => !without.includes(fold[i]));
  const heldOutPlaces = (without: Without) => Int32Array.from(fold.keys()).filter((i) => without.includes(fold[i]));

  const fits: FoldFits = {
    rows,
    fold,
    text: (without) =>
      text?.(without) ??
      once(texts, keyOf(without), async () => {
        const forText = random.fork(`text ${keyOf(without)}`);
        const fitted = await fitText({ pool, data, sheet, rows: inFit(without), options, random: forText });
        if (fitted !== null) progress.add(1);
        return fitted;
      }),
    ground: (without, words) =>
      once(grounds, `${keyOf(without)} ${words}`, async () => {
        unplanned.linear(keyOf(without));
        const channel = words ? await fits.text(without) : null;
        const heldOut = heldOutPlaces(without).map((i) => rows[i]);
        const ground = await layGround({
          pool,
          sheet,
          rows: inFit(without),
          heldOut,
          words: channel,
          plan: { ridges: path, hasSimple },
          random,
        });
        progress.add(1);
        return ground;
      }),
    trails: (without, { kind, at, words, least = 0 }) => {
      // only networks start from the ridge
      const key = `${kind} ${keyOf(without)} ${words} ${kind === 'trees' ? 0 : at}`;
      const known = staged.get(key);
      if (known !== undefined && known.least >= least) return known.trails;
      const trails =
        known === undefined ? fitAnew() : known.trails.then((done) => (done.reaches(least) ? done : fitAnew()));
      staged.set(key, { least, trails });
      return trails;

      async function fitAnew(): Promise<Trails> {
        unplanned.further(`${kind} ${keyOf(without)}`);
        const ground = await fits.ground(without, words);
        const part = heldOutPlaces(without).map((i) => without.indexOf(fold[i]));
        const task = { ground, at, options, random: random.fork(`${kind} ${keyOf(without)}`) };
        const done = await trailsOf(pool, sheet, kind, task, { part, least });
        progress.add(1);
        return done;
      }
    },
    learners: (own?.learners ?? []).map(ownName),
    own: (without, { kind, words }) =>
      once(said, `${kind} ${keyOf(without)} ${words}`, async () => {
        unplanned.further(`${kind} ${keyOf(without)}`);
        const plugin = own!.learners.find((each) => ownName(each) === kind)!;
        const ground = await fits.ground(without, words);
        const { logits } = fitOwn(sheet, ground, plugin, random.fork(`${kind} ${keyOf(without)}`));
        progress.add(1);
        return logits;
      }),
    places: (k) => Int32Array.from(fold.keys()).filter((i) => fold[i] === k),
    among: (without, k) => {
      const heldOut = heldOutPlaces(without);
      return Int32Array.from(heldOut.keys()).filter((at) => fold[heldOut[at]] === k);
    },
  };
  return fits;
}

/**
 * Announces fits beyond `plannedFits`: logistic regression for a predictor with `given` text channels where folds differ
 * about using them, a learner in stages that starts from another ridge or has to go further, and a plug-in's learner
 * where folds differ about the text channel.
 */
function unplannedFits(progress: Progress, isGiven: boolean): Record<'linear' | 'further', (name: string) => void> {
  const begun = new Set<string>();
  const announce = (name: string) => {
    if (begun.has(name)) progress.expect?.(1);
    begun.add(name);
  };
  // without given text channels, the plan holds both: with and without
  return { linear: (name) => isGiven && announce(name), further: announce };
}

/** The values at the given indices. */
export function valuesAt(values: Logits, places: Int32Array): Logits {
  return Float64Array.from(places, (at) => values[at]);
}

function keyOf(without: Without): string {
  return without.join('+');
}

function once<T>(made: Map<string, Promise<T>>, key: string, make: () => Promise<T>): Promise<T> {
  const known = made.get(key);
  if (known !== undefined) return known;
  const promise = make();
  made.set(key, promise);
  return promise;
}
