import type { CategoricalSignal } from '../features/schema.js';
import { fitCalibrationBand } from '../models/calibrators/interval/calibration-band.js';
import { calibrate } from '../models/calibrators/list.js';
import type { CompiledPredictor } from '../models/compiled.js';
import { correctedPredictor } from '../models/corrected.js';
import { embeddingLogits } from '../models/embeddings/channel.js';
import { encode, encodedWidth, encoderGains } from '../models/encoder.js';
import type { Model } from '../models/model.js';
import { logit, type Probabilities } from '../models/numbers.js';
import { widenedPredictor } from '../models/widened.js';
import { channelLogits } from '../models/words/channel.js';
import type { Scorer } from '../scorer/scorer.js';
import type { Random } from '../support/random.js';
import { type ChosenCalibration, chooseCalibration } from '../train/choose/calibrate.js';
import type { TrainOptions } from '../train/options.js';
import type { Inputs } from '../train/prepare/inputs.js';
import type { Matrix } from '../train/prepare/matrix.js';
import type { TrainingData } from '../train/prepare/training-data.js';
import { adapt, type TriedPull } from './adapt.js';
import type { Correction } from './correction.js';
import { lineThrough } from './line.js';
import { fitOwnInputs, termsOf } from './own-inputs.js';
import { recentredShift } from './recentred-shift.js';
import { bandData, scoredPart } from './scored-part.js';

/** The predictor of a model to adapt, and the rows to adapt it on. */
interface PredictorToAdapt {
  /** The pattern that the predictor is for, with the other groups of signals hidden; null: the main predictor. */
  pattern: string | null;
  predictor: CompiledPredictor;
  rows: Int32Array;
  /** The categories of the adapted model. */
  categorical: CategoricalSignal[];
}

export interface AdaptedPredictor {
  pattern: string | null;
  rows: Int32Array;
  predictor: CompiledPredictor;
  /** Share of the rows that are like the training answers by the shift of the trained predictor. */
  familiar: number;
  correction: Correction;
  tried: TriedPull[];
  calibration: ChosenCalibration;
  /**
   * For each row: the trained predictor's probability (`before`), the cross-validated adapted one (`crossed`), and the
   * same with NaN for shifted rows (`decided`).
   */
  before: Probabilities;
  crossed: Probabilities;
  decided: Probabilities;
}

/** What a change of one predictor needs. */
export interface AdaptPredictorOptions {
  scorer: Scorer;
  model: Model<CompiledPredictor>;
  part: PredictorToAdapt;
  data: TrainingData;
  matrix: Matrix;
  options: TrainOptions;
  random: Random;
}

/** Adapts one predictor to the labels of its rows: level, slope and weights, calibrator, interval and shift. */
export async function adaptPredictor({
  scorer,
  model: { words, embeddings, schema },
  part: { pattern, predictor, rows, categorical },
  data,
  matrix,
  options,
  random,
}: AdaptPredictorOptions): Promise<AdaptedPredictor> {
  const scored = await scoredPart({ scorer, part: { pattern, predictor, rows }, data, matrix });
  const { inputs, before, raw, familiar, labels, groups } = scored;
  const { encoder } = predictor;
  const channels = [
    ...(predictor.text ? [channelLogits(words!, inputs.words!)] : []),
    ...(predictor.embeddings ? [embeddingLogits(embeddings!, inputs.embeddings)] : []),
  ];
  const trained = encodedInputs(predictor, schema.numeric, inputs, channels, rows.length);
  const channelColumns = channels.map((_, k) => predictor.signals.length + k);
  const own = fitOwnInputs(data, rows, categorical, pattern);
  const { x, d } = termsOf(own, data, rows, pattern, columnsOf(trained, rows.length, channelColumns));
  const line = lineThrough(raw, before.map(logit));
  const z = raw.map((value) => line.intercept + line.slope * value);
  const adapted = adapt({ z, x, d, ...labels }, familiar, groups, options.folds, random.fork('adapt'));
  const { correction, crossed, fold, tried } = adapted;
  const calibration = chooseCalibration(data, rows, fold, crossed);
  const width = encodedWidth(encoder);
  const gains = encoderGains(encoder);
  const ungained = trained.map((value, i) => value / gains[i % width]);
  const { shift, values } = recentredShift(predictor.shift, ungained, width, options.shiftFlags);
  const wide = widenedPredictor({ ...predictor, shift }, own);
  const places = [...wide.further, ...channelColumns.map((column) => wide.moved[column])];
  const weights = new Float64Array(encodedWidth(wide.predictor.encoder));
  places.forEach((place, k) => {
    weights[place] = correction.weights[k] * (own.encoder.gain?.[k] ?? 1);
  });
  const change = {
    intercept: correction.intercept + correction.slope * line.intercept,
    slope: correction.slope * line.slope,
    weights,
  };
  const probability = calibrate(calibration.calibration, crossed);
  return {
    pattern,
    rows,
    predictor: correctedPredictor(wide.predictor, change, {
      calibration: calibration.calibration,
      interval: fitCalibrationBand(bandData(crossed, scored, { data, rows, predictor })),
    }),
    familiar,
    correction,
    tried,
    calibration,
    before,
    crossed: probability,
    decided: probability.map((p, i) => (values[i] > 1 ? Number.NaN : p)),
  };
}

/** Some columns of rows [n, ·], as rows [n, columns]. */
export function columnsOf(x: Float32Array, n: number, columns: readonly number[]): Float32Array {
  const width = x.length / n;
  const k = columns.length;
  return Float32Array.from({ length: n * k }, (_, i) => x[Math.floor(i / k) * width + columns[i % k]]);
}

/** The rows as encoded inputs of the predictor's linear part [n, width]: signals, logits of the channels, categories. */
function encodedInputs(
  { encoder, signals }: CompiledPredictor,
  names: readonly string[],
  { features, categories }: Inputs,
  channels: readonly Float32Array[],
  n: number,
): Float32Array {
  const columns = signals.map((name) => names.indexOf(name));
  const own = columns.length + channels.length;
  const numeric = new Float32Array(n * own);
  for (let i = 0; i < n; i++) {
    columns.forEach((column, j) => {
      numeric[i * own + j] = features[i * names.length + column];
    });
    channels.forEach((logits, k) => {
      numeric[i * own + columns.length + k] = logits[i];
    });
  }
  return encode(encoder, numeric, Int32Array.from(categories, Number), [...Array(n).keys()]);
}
