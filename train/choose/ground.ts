import type { Encoder } from '../../models/encoder.js';
import type { Logits } from '../../models/numbers.js';
import type { Random } from '../../support/random.js';
import type { LinearFit } from '../learn/logistic/linear.js';
import type { RidgeSolution } from '../learn/logistic/ridge-solution.js';
import type { Pool } from '../learn/pool/pool.js';
import type { Ridge } from '../learn/ridge-path.js';
import type { Sheet } from '../learn/sheet.js';
import type { WordsFit } from '../learn/text/words.js';
import { type TrainOptions, wordsOf } from '../options.js';
import { groupNames, strataOf } from '../prepare/strata.js';
import type { TrainingData } from '../prepare/training-data.js';

/** What the fits of all learners share: rows, text channel, encoder, ridge solutions. */
export interface Ground {
  rows: Int32Array;
  heldOut: Int32Array;
  words: WordsFit | null;
  encoder: Encoder;
  /** One solution per ridge. */
  path: RidgeSolution[];
  /** The logits of `heldOut`, one array per ridge. */
  logits: Logits[];
  /** The shift, with a threshold of 1 that is set later, and its values for `heldOut`. */
  shift: NonNullable<LinearFit['shift']>;
  /** Base rate and Platt scaling of one signal; null if they were not requested. */
  simple: LinearFit['simple'];
}

interface FitTextOptions {
  pool: Pool;
  data: TrainingData;
  sheet: Sheet;
  rows: Int32Array;
  options: TrainOptions;
  random: Random;
}

/** Fits the text channel on `rows`; null if no words were collected. */
export async function fitText({ pool, data, sheet, rows, options, random }: FitTextOptions): Promise<WordsFit | null> {
  const { wordPenalties, folds } = options;
  if (data.words === null || wordsOf(options) === null) return null;
  return pool.run(sheet, {
    kind: 'words',
    rows,
    groups: groupNames(data, rows),
    strata: strataOf(data, rows),
    shape: data.words,
    penalties: wordPenalties,
    folds,
    seed: random.fork('words').seed,
  });
}

/** What a ground contains: a solution for each of these ridges, and whether there are simple baselines. */
interface GroundPlan {
  ridges: readonly Ridge[];
  hasSimple: boolean;
}

interface LayGroundOptions {
  pool: Pool;
  sheet: Sheet;
  rows: Int32Array;
  heldOut: Int32Array;
  words: WordsFit | null;
  plan: GroundPlan;
  random: Random;
}

/** Fits the encoder and the ridges on `rows`. If there is a text channel, its logit is one more signal. */
export async function layGround({
  pool,
  sheet,
  rows,
  heldOut,
  words,
  plan: { ridges, hasSimple },
  random,
}: LayGroundOptions): Promise<Ground> {
  const shiftSeed = random.fork('shift').seed;
  const job = {
    kind: 'linear',
    rows,
    heldOut,
    extra: words?.column ?? null,
    path: ridges,
    shiftSeed,
    simple: hasSimple,
  } as const;
  const { encoder, path, logits, shift, simple }: LinearFit = await pool.run(sheet, job);
  return { rows, heldOut, words, encoder, path, logits, shift: shift!, simple };
}
