import { foldsByGroup } from '../data/split.js';
import { fitCalibrationBand } from '../models/calibrators/calibration-band.js';
import { cellsOf, fittedCell } from '../models/calibrators/cells.js';
import { calibrate } from '../models/calibrators/list.js';
import type { Logits, Probabilities } from '../models/numbers.js';
import type { Predictor } from '../models/predictor.js';
import type { Progress } from '../support/progress.js';
import type { Random } from '../support/random.js';
import { type ChosenCalibration, chooseCalibration } from './calibrate.js';
import { type CrossFit, crossFit } from './crossfit.js';
import type { TrainingData } from './data.js';
import { pick } from './examine.js';
import type { Pool } from './fit/pool.js';
import type { Sheet } from './fit/sheet.js';
import type { WordsFit } from './fit/words.js';
import { fitKind } from './fit-kind.js';
import { fitText, layGround } from './ground.js';
import type { TrainOptions } from './options.js';
import { type Candidate, type SimpleRival, selectLearner, simpleRival } from './select.js';
import { type ChosenSlices, chooseSlices } from './slice-calibration.js';
import { groupNames, strataOf } from './strata.js';

/** A predictor with everything that led to it. */
export interface FittedPredictor {
  predictor: Predictor;
  cross: CrossFit;
  learners: Candidate[];
  /** How the chosen one stands against a base rate and one signal; null where these were no candidates. */
  rival: SimpleRival | null;
  /** The signal that Platt scaling of one signal reads; null where there is none. */
  signal: string | null;
  sliced: ChosenSlices;
  calibration: ChosenCalibration;
  /** Out-of-fold logits of the chosen learner, in the order of the rows, by lines of their (model, task) where these pay. */
  outOfFold: Logits;
  /** Out-of-fold probabilities of the rows that get a decision; NaN for those that count as shifted. */
  decided: Probabilities;
  /** The text channel fitted on all rows; null where none is used. */
  words: WordsFit | null;
}

/** Text channels already fitted on the same rows and folds: by fold, and on all rows. */
export interface GivenWords {
  folds: (WordsFit | null)[];
  all: WordsFit | null;
}

/** Folds by question for cross-fitting `rows`. */
export function crossFolds(data: TrainingData, rows: Int32Array, folds: number, random: Random): Int32Array {
  return foldsByGroup(groupNames(data, rows), folds, random, strataOf(data, rows));
}

/**
 * The whole recipe on `rows` and nothing else: cross-fit the candidates; choose learner and calibrator from out-of-fold
 * logits; refit the chosen one on all of `rows`.
 */
export async function fitPredictor(
  pool: Pool,
  data: TrainingData,
  sheet: Sheet,
  rows: Int32Array,
  fold: Int32Array,
  options: TrainOptions,
  random: Random,
  progress: Progress,
  given?: GivenWords,
): Promise<FittedPredictor> {
  const cross = await crossFit(pool, data, sheet, rows, fold, options, random.fork('cross'), progress, given?.folds);
  const learners = selectLearner(data, rows, cross.learners);
  const learner = learners.find((candidate) => candidate.chosen)!.name;
  const { logits: outOfFold, parts: shares } = cross.learners.get(learner)!;
  const cells = cellsOf(sheet.schema.categorical);
  const c = sheet.schema.categorical.length;
  const cell = rows.map((row) => fittedCell(cells, sheet.categories, row * c));
  const sliced = chooseSlices(data, rows, fold, outOfFold, { cell, count: cells.count }, options.sliceStrengths);
  const calibration = chooseCalibration(data, rows, fold, sliced.logits);

  const used = cross.words.some((each) => each !== null);
  const words = !used ? null : (given?.all ?? (await fitText(pool, data, sheet, rows, options, random.fork('text'))));
  const threshold = quantile(cross.shift, 1 - options.shiftFlags);
  const ground = await layGround(pool, sheet, rows, new Int32Array(0), words, [cross.ridge], random);
  const parts = await Promise.all(
    shares.map(async ({ kind, stages, share }) => ({
      ...(await fitKind(pool, sheet, kind, stages, { ground, at: 0, options, random: random.fork(`refit ${kind}`) })),
      share,
    })),
  );
  const networks = parts.flatMap(({ network, share }) => (network === undefined ? [] : { network, share }));
  const trees = parts.find((part) => part.trees !== undefined);
  progress.add(1);
  const predictor: Predictor = {
    signals: sheet.schema.numeric,
    text: words !== null,
    encoder: ground.encoder,
    networks: networks.map(({ network }) => network),
    trees: trees?.trees ?? null,
    shares: { networks: networks.map(({ share }) => share), trees: trees?.share ?? 0 },
    slices: sliced.slices,
    cells,
    calibration: calibration.calibration,
    interval: fitCalibrationBand({
      logits: sliced.logits,
      y: pick(data.y, rows),
      w: pick(data.w, rows),
      group: rows.map((row) => data.group[row]),
      cell,
      cells: cells.count,
    }),
    shift: { ...ground.shift.model, threshold },
  };
  const shift = cross.shift.map((value) => value / threshold);
  const probability = calibrate(calibration.calibration, sliced.logits).map((p, i) => (shift[i] > 1 ? Number.NaN : p));
  const rival = simpleRival(data, rows, cross.learners, learners);
  const signal = sheet.schema.numeric[ground.simple.column]?.replace(/@\d+$/, '') ?? null;
  return {
    predictor,
    cross,
    learners,
    rival,
    signal,
    sliced,
    calibration,
    outOfFold: sliced.logits,
    decided: probability,
    words,
  };
}

function quantile(values: Float64Array, q: number): number {
  const sorted = values.slice().sort();
  return sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))];
}
