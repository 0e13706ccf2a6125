import type { Encoder } from '../../models/encoder.js';
import type { Logits } from '../../models/numbers.js';
import type { Random } from '../../support/random.js';
import type { EmbeddingsFit } from '../learn/embeddings/embeddings.js';
import type { LinearFit } from '../learn/logistic/linear.js';
import type { RidgeSolution } from '../learn/logistic/ridge-solution.js';
import type { Pool } from '../learn/pool/pool.js';
import type { Ridge } from '../learn/ridge-path.js';
import type { Sheet } from '../learn/sheet.js';
import type { WordsFit } from '../learn/text/words.js';
import { type TrainOptions, wordsOf } from '../options.js';
import { groupNames, strataOf } from '../prepare/strata.js';
import type { TrainingData } from '../prepare/training-data.js';
import { type ChannelFits, extraOf } from './channels.js';

/** What the fits of all learners share: rows, channels, encoder, ridge solutions. */
export interface Ground {
  rows: Int32Array;
  heldOut: Int32Array;
  channels: ChannelFits;
  encoder: Encoder;
  /** One solution per ridge. */
  path: RidgeSolution[];
  /** The logits of `heldOut`, one array per ridge. */
  logits: Logits[];
  /** Base rate and Platt scaling of one signal; null if they were not requested. */
  simple: LinearFit['simple'];
}

interface FitChannelOptions {
  pool: Pool;
  data: TrainingData;
  sheet: Sheet;
  rows: Int32Array;
  options: TrainOptions;
  random: Random;
}

/** Fits the text channel on `rows`; null if no words were collected. */
export async function fitText({
  pool,
  data,
  sheet,
  rows,
  options,
  random,
}: FitChannelOptions): Promise<WordsFit | null> {
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

/** Fits the embedding channel on `rows`; null if the sheet has no embeddings. */
export async function fitVectors({
  pool,
  data,
  sheet,
  rows,
  options,
  random,
}: FitChannelOptions): Promise<EmbeddingsFit | null> {
  if (sheet.vectors === null) return null;
  return pool.run(sheet, {
    kind: 'embeddings',
    rows,
    groups: groupNames(data, rows),
    strata: strataOf(data, rows),
    options: options.embeddings,
    folds: options.folds,
    seed: random.fork('embeddings').seed,
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
  channels: ChannelFits;
  plan: GroundPlan;
}

/** Fits the encoder and the ridges on `rows`. The logit of each channel is one more signal. */
export async function layGround({
  pool,
  sheet,
  rows,
  heldOut,
  channels,
  plan: { ridges, hasSimple },
}: LayGroundOptions): Promise<Ground> {
  const extra = extraOf(channels);
  const job = { kind: 'linear', rows, heldOut, extra, path: ridges, shiftSeed: null, simple: hasSimple } as const;
  const { encoder, path, logits, simple }: LinearFit = await pool.run(sheet, job);
  return { rows, heldOut, channels, encoder, path, logits, simple };
}

/**
 * The shift that is fitted on a ground's rows, with a threshold of 1 that is set later, and its values for the held-out
 * rows. It is a fit of its own, because of most grounds nobody asks for the shift.
 */
export async function layShift(
  { pool, sheet, random }: Pick<FitChannelOptions, 'pool' | 'sheet' | 'random'>,
  { rows, heldOut, channels }: Ground,
): Promise<NonNullable<LinearFit['shift']>> {
  const shiftSeed = random.fork('shift').seed;
  const job = { kind: 'linear', rows, heldOut, extra: extraOf(channels), path: [], shiftSeed } as const;
  const { shift }: LinearFit = await pool.run(sheet, job);
  return shift!;
}
