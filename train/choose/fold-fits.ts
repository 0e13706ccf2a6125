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

/** The folds that a fit leaves out, ascending: one, or two where a fold is left out of cross-fitting itself. */
export type Without = readonly number[];

/**
 * A fit in stages as it is asked for: on top of which ridge, with the text channel or not, at least how many stages.
 */
interface Staged {
  kind: StagedLearner;
  at: number;
  words: boolean;
  least?: number;
}

/** Fits on all rows but those of some folds. Each is made once, however many ask for it. */
export interface FoldFits {
  rows: Int32Array;
  /** Fold of each of `rows`. */
  fold: Int32Array;
  /** The text channel fitted without these folds; null where no words were collected. */
  text(without: Without): Promise<WordsFit | null>;
  /** Encoder, ridges and simple ways, which hold the rows of the folds left out. */
  ground(without: Without, words: boolean): Promise<Ground>;
  trails(without: Without, staged: Staged): Promise<Trails>;
  /** The learners of plug-ins, and what one of them says of the rows of the folds left out. */
  learners: readonly OwnLearner[];
  own(without: Without, how: { kind: OwnLearner; words: boolean }): Promise<Logits>;
  /** Places in `rows` of a fold's rows, and where these lie among the held rows of a fit without some folds. */
  places(fold: number): Int32Array;
  among(without: Without, fold: number): Int32Array;
}

/** What the fits are made of; `text` channels fitted on the same rows and folds are taken instead of new ones. */
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
  const path = ridgePath(options);
  const hasSimple = options.learners.some(isSimple);
  const inFit = (without: Without) => rows.filter((_, i) => !without.includes(fold[i]));
  const heldOutPlaces = (without: Without) => Int32Array.from(fold.keys()).filter((i) => without.includes(fold[i]));

  const fits: FoldFits = {
    rows,
    fold,
    text: (without) =>
      text?.(without) ??
      once(texts, keyOf(without), () =>
        fitText({ pool, data, sheet, rows: inFit(without), options, random: random.fork(`text ${keyOf(without)}`) }),
      ),
    ground: (without, words) =>
      once(grounds, `${keyOf(without)} ${words}`, async () => {
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

/** The values at some places. */
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
