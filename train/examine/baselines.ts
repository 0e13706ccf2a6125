import type { SignalSchema } from '../../features/schema.js';
import { logLossOf } from '../../metrics/proper/log-loss.js';
import { fitAffine } from '../../models/calibrators/affine.js';
import { fitEncoder } from '../../models/fit-encoder.js';
import { logit, type Probabilities, sigmoid } from '../../models/numbers.js';
import { maxOf } from '../../support/extremes.js';
import { weightedMean } from '../choose/select.js';
import type { Matrix } from '../prepare/matrix.js';
import type { TrainingData } from '../prepare/training-data.js';

/** A simple predictor to be beaten: fitted on the fit part alone, applied to any rows. */
export interface Baseline {
  name: string;
  /** What it is, in words, with the signal it chose. */
  says: string;
  predict(rows: Int32Array): Probabilities;
}

/** Rows looked at while screening, and signals that reach the cross-validated round. */
const SCREEN_ROWS = 4000;
const FINALISTS = 8;
/** A (model, task) slice with fewer fit rows shares the pooled line. */
const SLICE_ROWS = 30;

/**
 * Base rate; best single calibrated signal (Platt on it, its own rate where it is missing); Platt per (model, task) on the
 * best single signal. Signals are screened on in-sample loss, the finalists chosen by log-loss across the folds given.
 */
export function fitBaselines(data: TrainingData, matrix: Matrix, rows: Int32Array, fold: Int32Array): Baseline[] {
  const rate = rateOf(data, rows);
  const signals = scaledSignals(matrix, rows);
  const single = chooseSignal({ data, signals, rows, fold, sliceOf: () => 0, schema: matrix.schema });
  const perSlice = chooseSignal({
    data,
    signals,
    rows,
    fold,
    sliceOf: (row) => data.slice[row],
    schema: matrix.schema,
  });
  const baselines: Baseline[] = [
    {
      name: 'baseRate',
      says: 'the share right among the fit answers',
      predict: (at) => new Float64Array(at.length).fill(rate),
    },
  ];
  if (single !== null) {
    baselines.push({ name: 'bestSignal', says: `Platt on ${single.signal}`, predict: single.predict });
  }
  if (perSlice !== null) {
    baselines.push({
      name: 'plattPerCell',
      says: `Platt per (model, task) on ${perSlice.signal}`,
      predict: perSlice.predict,
    });
  }
  return baselines;
}

/** A recorded 0..1 number taken at its word, the "before" of before and after: pavg, else stated, else what there is. */
export function rawConfidence(
  data: TrainingData,
  rows: Int32Array,
): { name: string; predict: Baseline['predict'] } | null {
  const wanted = ['tokens.pavg', 'stated', 'choices.top', 'verifiers.ptrue', 'samples.agreeShare', 'others.agreeShare'];
  const { names, columns } = data.signals;
  const bare = new Map(names.map((name) => [name.replace(/@\d+$/, ''), columns.get(name) as Float64Array]));
  for (const name of [...wanted, ...[...bare.keys()].filter((key) => key.startsWith('verifiers.'))]) {
    const column = bare.get(name);
    if (column === undefined) continue;
    const seen = rows.filter((row) => column[row] >= 0 && column[row] <= 1);
    if (seen.length < 0.9 * rows.length) continue;
    const usual = seen.reduce((sum, row) => sum + column[row], 0) / seen.length;
    return { name, predict: (at) => Float64Array.from(at, (row) => (column[row] >= 0 ? column[row] : usual)) };
  }
  return null;
}

interface Line {
  a: number;
  b: number;
  missing: number;
}

interface Chosen {
  signal: string;
  predict: Baseline['predict'];
}

interface ChooseSignalOptions {
  data: TrainingData;
  signals: Float32Array[];
  rows: Int32Array;
  fold: Int32Array;
  sliceOf: (row: number) => number;
  schema: SignalSchema;
}

function chooseSignal({ data, signals, rows, fold, sliceOf, schema }: ChooseSignalOptions): Chosen | null {
  if (signals.length === 0) return null;
  const step = Math.max(1, Math.ceil(rows.length / SCREEN_ROWS));
  const screen = rows.filter((_, i) => i % step === 0);
  const score = (signal: Float32Array) => {
    const predict = fitLines(data, signal, screen, sliceOf);
    return meanLoss(data, screen, predict(screen));
  };
  const finalists = signals
    .map((signal, j) => ({ j, loss: score(signal) }))
    .sort((x, y) => x.loss - y.loss)
    .slice(0, FINALISTS);
  const folds = maxOf(fold) + 1;
  const crossLoss = (signal: Float32Array) => {
    const p = new Float64Array(rows.length);
    for (let k = 0; k < folds; k++) {
      const predict = fitLines(
        data,
        signal,
        rows.filter((_, i) => fold[i] !== k),
        sliceOf,
      );
      const at = Int32Array.from(fold.keys()).filter((i) => fold[i] === k);
      const heldOut = predict(Int32Array.from(at, (i) => rows[i]));
      at.forEach((i, r) => {
        p[i] = heldOut[r];
      });
    }
    return meanLoss(data, rows, p);
  };
  const best = finalists
    .map(({ j }) => ({ j, loss: crossLoss(signals[j]) }))
    .reduce((x, y) => (y.loss < x.loss ? y : x));
  return {
    signal: schema.numeric[best.j].replace(/@\d+$/, ''),
    predict: fitLines(data, signals[best.j], rows, sliceOf),
  };
}

/** Platt on one scaled signal within each slice; pooled where a slice is small; a rate of its own where it is missing. */
function fitLines(
  data: TrainingData,
  signal: Float32Array,
  rows: Int32Array,
  sliceOf: (row: number) => number,
): Baseline['predict'] {
  const pooled = fitLine(data, signal, rows);
  const bySlice = new Map<number, number[]>();
  for (const row of rows) {
    const list = bySlice.get(sliceOf(row));
    if (list === undefined) bySlice.set(sliceOf(row), [row]);
    else list.push(row);
  }
  const lines = new Map<number, Line>();
  if (bySlice.size > 1) {
    for (const [slice, members] of bySlice) {
      if (members.length >= SLICE_ROWS) lines.set(slice, fitLine(data, signal, Int32Array.from(members)));
    }
  }
  return (at) =>
    Float64Array.from(at, (row) => {
      const line = lines.get(sliceOf(row)) ?? pooled;
      const value = signal[row];
      return !Number.isNaN(value) ? sigmoid(line.a * value + line.b) : line.missing;
    });
}

function fitLine(data: TrainingData, signal: Float32Array, rows: Int32Array): Line {
  const seen = rows.filter((row) => !Number.isNaN(signal[row]));
  const rate = rateOf(data, rows);
  const absent = rows.length - seen.length;
  const missing =
    absent === 0
      ? rate
      : rateOf(
          data,
          rows.filter((row) => Number.isNaN(signal[row])),
          rate,
        );
  if (seen.length < 10) return { a: 0, b: logit(rate), missing };
  const x = Float64Array.from(seen, (row) => signal[row]);
  const y = Float64Array.from(seen, (row) => data.y[row]);
  const w = Float64Array.from(seen, (row) => data.w[row]);
  const [a, b] = fitAffine(x, y, w, true);
  return { a, b, missing };
}

/** Each signal scaled as the encoder does (mean and deviation, smooth clip), NaN where missing. */
function scaledSignals({ numeric, categories, schema }: Matrix, rows: Int32Array): Float32Array[] {
  const d = schema.numeric.length;
  const n = numeric.length / Math.max(d, 1);
  const { centre, scale } = fitEncoder(numeric, categories, rows, schema);
  return schema.numeric.map((_, j) =>
    Float32Array.from({ length: n }, (_, i) => {
      const x = (numeric[i * d + j] - centre[j]) * scale[j];
      return 3 * Math.tanh(x / 3);
    }),
  );
}

function meanLoss(data: TrainingData, rows: Int32Array, p: Probabilities): number {
  return weightedMean(
    data,
    rows,
    Float64Array.from(rows, (row, i) => logLossOf(p[i], data.y[row])),
  );
}

/** Weighted share right, held half an answer away from 0 and 1; `prior` counts as one answer. */
function rateOf(data: TrainingData, rows: Int32Array, prior = 0.5): number {
  let sum = prior;
  let weight = 1;
  for (const row of rows) {
    sum += data.w[row] * data.y[row];
    weight += data.w[row];
  }
  return sum / weight;
}
