import { families } from '../../features/families.js';
import { plainSignal } from '../../features/plain.js';
import { EMBEDDINGS } from '../../features/vectors/embeddings.js';
import { logLossOf } from '../../metrics/proper/log-loss.js';
import { hasVector } from '../../models/embeddings/channel.js';
import type { SignalWorth } from '../../report/results.js';
import type { Scorer } from '../../scorer/scorer.js';
import { pick } from '../../support/pick.js';
import type { Random } from '../../support/random.js';
import { weightedMean } from '../../support/weighted-mean.js';
import type { FitAndCertify } from '../prepare/fit-and-certify.js';
import { inputsOf } from '../prepare/inputs.js';
import type { Matrix } from '../prepare/matrix.js';
import type { TrainingData } from '../prepare/training-data.js';
import { aurocsAlone } from './examine.js';

/** The number of rows of the certify part for permutation, so that it takes a few seconds at any size. */
const PERMUTATION_ROWS = 4000;
/** The most fit rows for the AUROC of a signal alone. It is then known to about .004. */
export const ALONE_ROWS = 20_000;

interface SignalWorthOptions {
  data: TrainingData;
  matrix: Matrix;
  parts: FitAndCertify;
  /** The fit rows for the AUROC of a signal alone: at most `ALONE_ROWS`, in whole questions. */
  alone: Int32Array;
  scorer: Scorer;
  dropped: Map<string, number>;
  /** The embedding channel: its logit for each row, out of fold on the fit part, and how it changed the loss. */
  embeddings?: { column: Float32Array; gain: number } | null;
  random: Random;
}

/**
 * The worth of each signal: its AUROC alone on rows of the fit part (`alone`); the loss of logistic regression without
 * it (`dropped`); and the rise of the shipped predictor's log-loss on the certify part if the signal's values (with its
 * log or logit twin) are shuffled among rows. All embeddings together count as one signal. Source: Breiman 2001, sec. 10.
 */
export async function signalWorth({
  data,
  matrix,
  parts,
  alone,
  scorer,
  dropped,
  embeddings: channel,
  random,
}: SignalWorthOptions): Promise<SignalWorth[]> {
  const { schema } = matrix;
  const step = Math.max(1, Math.ceil(parts.certify.length / PERMUTATION_ROWS));
  const rows = parts.certify.filter((_, i) => i % step === 0);
  const { features, categories, words, embeddings } = inputsOf(data, matrix, rows);
  const loss = async (x: Float32Array, c: BigInt64Array, vectors: Float32Array[] = embeddings) => {
    const { probability } = await scorer.scoreFeatures(x, c, words, vectors);
    const losses = Float64Array.from(rows, (row, i) => logLossOf(probability[i], data.y[row]));
    return weightedMean(losses, pick(data.w, rows));
  };
  const base = await loss(features, categories);
  const worth: SignalWorth[] = [];
  for (const [name, columns] of families(schema.numeric)) {
    const order = random.fork(name).shuffle(Int32Array.from(rows.keys()));
    const shuffled = permuted(features, schema.numeric.length, columns, order);
    worth.push({
      name,
      plain: plainSignal(name).label,
      recorded: recordedShare(matrix, columns[0], parts.fit),
      ...aurocsOf(data, matrix, columns[0], alone),
      dropOne: dropped.get(name) ?? null,
      permutation: (await loss(shuffled, categories)) - base,
    });
  }
  for (let k = 0; k < schema.categorical.length; k++) {
    const { name } = schema.categorical[k];
    const order = random.fork(name).shuffle(Int32Array.from(rows.keys()));
    const shuffled = permuted(categories, schema.categorical.length, [k], order);
    worth.push({
      name,
      plain: plainSignal(name).label,
      recorded: 1,
      auroc: null,
      aurocWithin: null,
      dropOne: dropped.get(name) ?? null,
      permutation: (await loss(features, shuffled)) - base,
    });
  }
  const shapes = schema.embeddings ?? [];
  if (shapes.length > 0) {
    const order = random.fork(EMBEDDINGS).shuffle(Int32Array.from(rows.keys()));
    const shuffled = embeddings.map((values, k) => permuted(values, shapes[k].size, allOf(shapes[k].size), order));
    worth.push({
      name: EMBEDDINGS,
      plain: plainSignal(EMBEDDINGS).label,
      recorded: rows.filter((_, i) => hasVector({ shapes }, embeddings, i)).length / rows.length,
      ...(channel == null
        ? { auroc: null, aurocWithin: null }
        : aurocsAlone(data, alone, valuesOf(channel.column, alone))),
      dropOne: channel == null ? null : -channel.gain,
      permutation: (await loss(features, categories, shuffled)) - base,
    });
  }
  return worth.sort((a, b) => b.permutation - a.permutation);
}

function permuted<T extends Float32Array | BigInt64Array>(
  values: T,
  width: number,
  columns: number[],
  order: Int32Array,
): T {
  const copy = values.slice() as T;
  for (let i = 0; i < order.length; i++) {
    for (const j of columns) copy[i * width + j] = values[order[i] * width + j];
  }
  return copy;
}

function allOf(size: number): number[] {
  return Array.from({ length: size }, (_, j) => j);
}

function valuesOf(column: Float32Array, rows: Int32Array): Float64Array {
  return Float64Array.from(rows, (row) => column[row]);
}

/** Share of `rows` that have a value in a column. */
function recordedShare({ schema, numeric }: Matrix, column: number, rows: Int32Array): number {
  const d = schema.numeric.length;
  let seen = 0;
  for (const row of rows) if (!Number.isNaN(numeric[row * d + column])) seen++;
  return seen / rows.length;
}

function aurocsOf(data: TrainingData, { schema, numeric }: Matrix, column: number, rows: Int32Array) {
  const d = schema.numeric.length;
  const seen = rows.filter((row) => !Number.isNaN(numeric[row * d + column]));
  return aurocsAlone(
    data,
    seen,
    Float64Array.from(seen, (row) => numeric[row * d + column]),
  );
}
