import type { Calibrator } from '../../models/calibrators/calibrator.js';
import type { Logits } from '../../models/numbers.js';
import type { Progress } from '../../support/progress.js';
import type { Random } from '../../support/random.js';
import type { LearnerPlugin } from '../learn/define-learner.js';
import type { EmbeddingsFit } from '../learn/embeddings/embeddings.js';
import type { StagedLearner } from '../learn/learner.js';
import { type Learner, learnersWith } from '../learn/list.js';
import type { Pool } from '../learn/pool/pool.js';
import { ridgePath } from '../learn/ridge-path.js';
import type { Sheet } from '../learn/sheet.js';
import type { WordsFit } from '../learn/text/words.js';
import type { TrainOptions } from '../options.js';
import type { TrainingData } from '../prepare/training-data.js';
import { type Channels, channelKey } from './channels.js';
import { type Trails, trailsOf } from './fit-learner.js';
import { fitText, fitVectors, type Ground, layGround, layShift } from './ground.js';
import { fitOwn } from './own-learner.js';

/** The folds that a fit leaves out, in ascending order: one; two if cross-fitting itself leaves out a fold. */
export type Without = readonly number[];

/**
 * A request for a fit in stages. `at`: the index of the ridge that it starts from; `channels`: which channels are read;
 * `least`: the smallest number of stages.
 */
interface Staged {
  kind: StagedLearner;
  at: number;
  channels: Channels;
  least?: number;
}

/** Fits on all rows except those of some folds. Each fit is made once and shared by all callers. */
export interface FoldFits {
  rows: Int32Array;
  /** Fold of each of `rows`. */
  fold: Int32Array;
  /** The text channel, fitted without these folds; null if no words were collected. */
  text(without: Without): Promise<WordsFit | null>;
  /** The embedding channel, fitted without these folds; null if there are no embeddings. */
  embeddings(without: Without): Promise<EmbeddingsFit | null>;
  /** Encoder, ridge solutions and simple baselines. The rows of the left-out folds are their held-out rows. */
  ground(without: Without, channels: Channels): Promise<Ground>;
  /** The shift of the left-out folds' rows. */
  shift(without: Without, channels: Channels): Promise<Float64Array>;
  trails(without: Without, staged: Staged): Promise<Trails>;
  /** The candidates: ours and those of plug-ins. */
  learners: readonly Learner[];
  /** The logits of a plug-in's learner for the rows of the left-out folds. */
  own(without: Without, how: { learner: PluginLearner; channels: Channels }): Promise<Logits>;
  /** The indices in `rows` of a fold's rows. */
  places(fold: number): Int32Array;
  /** The indices of a fold's rows among the held-out rows of a fit without some folds. */
  among(without: Without, fold: number): Int32Array;
}

/** A learner of a plug-in, as it stands in the list. */
type PluginLearner = Extract<Learner, { way: 'plugin' }>;

/**
 * What the fits need. `given`: fits on the same rows and folds, whose channels are used again; the sheet says whether
 * there is an embedding channel.
 */
export interface FitsOf {
  pool: Pool;
  data: TrainingData;
  sheet: Sheet;
  rows: Int32Array;
  fold: Int32Array;
  options: TrainOptions;
  random: Random;
  progress: Progress;
  given?: Pick<FoldFits, 'text' | 'embeddings'>;
  /** The learners and calibrators of plug-ins. */
  own?: OwnWays;
}

/** What plug-ins add to the candidates. */
export interface OwnWays {
  learners: readonly LearnerPlugin[];
  calibrators: readonly Calibrator[];
}

export function foldFits({ pool, data, sheet, rows, fold, options, random, progress, given, own }: FitsOf): FoldFits {
  const texts = new Map<string, Promise<WordsFit | null>>();
  const vectors = new Map<string, Promise<EmbeddingsFit | null>>();
  const grounds = new Map<string, Promise<Ground>>();
  const said = new Map<string, Promise<Logits>>();
  const staged = new Map<string, { least: number; trails: Promise<Trails> }>();
  const unplanned = unplannedFits(progress, given !== undefined);
  const path = ridgePath(options);
  const learners = learnersWith(options.learners, own?.learners);
  const hasSimple = learners.some(({ way }) => way === 'simple');
  const inFit = (without: Without) => rows.filter((_, i) => !without.includes(fold[i]));
  const heldOutPlaces = (without: Without) => Int32Array.from(fold.keys()).filter((i) => without.includes(fold[i]));

  const fits: FoldFits = {
    rows,
    fold,
    text: (without) =>
      given?.text(without) ??
      once(texts, keyOf(without), async () => {
        const forText = random.fork(`text ${keyOf(without)}`);
        const fitted = await fitText({ pool, data, sheet, rows: inFit(without), options, random: forText });
        if (fitted !== null) progress.add(1);
        return fitted;
      }),
    embeddings: async (without) => {
      if (sheet.vectors === null) return null;
      if (given !== undefined) return given.embeddings(without);
      return once(vectors, keyOf(without), async () => {
        const forVectors = random.fork(`embeddings ${keyOf(without)}`);
        const fitted = await fitVectors({ pool, data, sheet, rows: inFit(without), options, random: forVectors });
        progress.add(1);
        return fitted;
      });
    },
    ground: (without, channels) =>
      once(grounds, `${keyOf(without)} ${channelKey(channels)}`, async () => {
        unplanned.linear(keyOf(without), channels);
        const words = channels.words ? await fits.text(without) : null;
        const embeddings = channels.embeddings ? await fits.embeddings(without) : null;
        const heldOut = heldOutPlaces(without).map((i) => rows[i]);
        const ground = await layGround({
          pool,
          sheet,
          rows: inFit(without),
          heldOut,
          channels: { words, embeddings },
          plan: { ridges: path, hasSimple },
        });
        progress.add(1);
        return ground;
      }),
    shift: async (without, channels) => {
      const { heldOut } = await layShift({ pool, sheet, random }, await fits.ground(without, channels));
      return heldOut;
    },
    trails: (without, { kind, at, channels, least = 0 }) => {
      // only networks start from the ridge
      const key = `${kind} ${keyOf(without)} ${channelKey(channels)} ${kind === 'trees' ? 0 : at}`;
      const known = staged.get(key);
      if (known !== undefined && known.least >= least) return known.trails;
      const trails =
        known === undefined ? fitAnew() : known.trails.then((done) => (done.reaches(least) ? done : fitAnew()));
      staged.set(key, { least, trails });
      return trails;

      async function fitAnew(): Promise<Trails> {
        unplanned.further(`${kind} ${keyOf(without)}`);
        const ground = await fits.ground(without, channels);
        const part = heldOutPlaces(without).map((i) => without.indexOf(fold[i]));
        const task = { ground, at, options, random: random.fork(`${kind} ${keyOf(without)}`) };
        const done = await trailsOf(pool, sheet, kind, task, { part, least });
        progress.add(1);
        return done;
      }
    },
    learners,
    own: (without, { learner: { name, plugin }, channels }) =>
      once(said, `${name} ${keyOf(without)} ${channelKey(channels)}`, async () => {
        unplanned.further(`${name} ${keyOf(without)}`);
        const ground = await fits.ground(without, channels);
        const { logits } = fitOwn(sheet, ground, plugin, random.fork(`${name} ${keyOf(without)}`));
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
 * Announces fits beyond `plannedFits`: logistic regression where folds differ about a channel that is given, or about
 * the text channel below the embedding channel; a learner in stages that starts from another ridge or has to go further;
 * a plug-in's learner where folds differ about a channel.
 */
function unplannedFits(progress: Progress, isGiven: boolean) {
  const begun = new Set<string>();
  const announce = (name: string) => {
    if (begun.has(name)) progress.expect?.(1);
    begun.add(name);
  };
  return {
    // without given channels, the plan holds: none, words, and one fit with embeddings
    linear: (name: string, { embeddings }: Channels) => {
      if (isGiven || embeddings) announce(`${name} linear`);
    },
    further: announce,
  };
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
