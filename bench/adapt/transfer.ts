import { columnsOf } from '../../adapt/adapt-predictor.js';
import type { Transferred } from '../../adapt/correction.js';
import type { CategoricalSignal } from '../../features/schema.js';
import type { Manifest } from '../../models/bundle/manifest.js';
import { encode } from '../../models/encoder.js';
import { emitModel } from '../../models/model.js';
import { compilePredictor } from '../../models/predictor.js';
import { channelLogits } from '../../models/words/channel.js';
import { scorerOf } from '../../scorer/open.js';
import { progress } from '../../support/progress.js';
import type { Random } from '../../support/random.js';
import { crossFolds, fitPredictor } from '../../train/choose/fit-predictor.js';
import type { Pool } from '../../train/learn/pool/pool.js';
import { sheetOf, signalRows } from '../../train/learn/sheet.js';
import type { TrainOptions } from '../../train/options.js';
import { inputsOf } from '../../train/prepare/inputs.js';
import { matrixOf } from '../../train/prepare/matrix.js';
import type { TrainingData } from '../../train/prepare/training-data.js';
import { transferredOf } from './transferred.js';

/**
 * The predictions of a predictor trained on the other tasks (models), for the one left out and for known ones on unseen
 * questions.
 */
export interface LeftOutTransfer {
  name: string;
  rows: Int32Array;
  categorical: CategoricalSignal[];
  /** The text channel's column of its inputs x, where there is one. */
  transferred: Transferred;
  /** Shift of the left-out rows, and of rows of known tasks with other questions. */
  shift: Float64Array;
  knownShift: Float64Array;
}

/**
 * Leaves `value` out. It trains on the others' answers to four fifths of the questions. The left-out answers are those
 * to the remaining questions if the others answer the same questions, else all of them.
 */
export async function leaveOutTransfer(
  pool: Pool,
  data: TrainingData,
  by: 'model' | 'task',
  value: string,
  options: TrainOptions,
  random: Random,
): Promise<LeftOutTransfer> {
  const all = Int32Array.from({ length: data.n }, (_, i) => i);
  const others = all.filter((row) => data[by][row] !== value);
  const shared = new Set(Array.from(others, (row) => data.group[row]));
  const part = crossFolds(data, all, 2, random.fork('halves'));
  const fifth = crossFolds(data, all, 5, random.fork('fifths'));
  const isShared = all.some((row) => data[by][row] === value && shared.has(data.group[row]));
  const isHeld = (row: number) => (isShared ? part[row] === 0 : fifth[row] === 0);
  const rows = all.filter((row) => data[by][row] === value && (!isShared || part[row] === 0));
  const fit = others.filter((row) => !isHeld(row));
  const known = others.filter(isHeld);

  const matrix = matrixOf(data, fit);
  const sheet = sheetOf(data, matrix);
  const fold = crossFolds(data, fit, options.folds, random.fork('folds'));
  const task = { pool, data, sheet, rows: fit, fold, options, isCrossed: false };
  const quiet = progress('bench', { unit: 'fits', quiet: true });
  const fitted = await fitPredictor({ ...task, random: random.fork('fit'), progress: quiet });
  const schema = fitted.words === null ? matrix.schema : { ...matrix.schema, words: data.words! };
  const words = fitted.words?.channel ?? null;
  const { predictor } = fitted;
  const graph = emitModel({ schema, words, embeddings: null, main: predictor, patternPredictors: [] }, 'bench');
  const scorer = await scorerOf(graph, {
    signals: schema,
    thresholds: [],
    data: { fingerprint: '' },
  } as unknown as Manifest);
  const shipped = { ...matrix, schema };
  const score = async (of: Int32Array) => {
    const { features, categories, words: ids } = inputsOf(data, shipped, of);
    return scorer.scoreFeatures(features, categories, ids);
  };
  const scores = await score(rows);
  const knownShift = Float64Array.from((await score(known)).shift);
  await scorer.close();
  const column = words === null ? null : channelLogits(words, data.signals.words!);
  const { numeric, categories, places } = signalRows(sheet, column === null ? [] : [{ name: 'words', column }], rows);
  const encoded = encode(compilePredictor(predictor).encoder, numeric, categories, places);
  const x = column === null ? new Float32Array(0) : columnsOf(encoded, rows.length, [predictor.signals.length]);
  return {
    name: value,
    rows,
    categorical: schema.categorical,
    transferred: transferredOf(data, rows, scores, x),
    shift: Float64Array.from(scores.shift),
    knownShift,
  };
}
