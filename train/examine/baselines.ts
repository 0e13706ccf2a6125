import type { SignalSchema } from '../../features/schema.js';
import { logLossOf } from '../../metrics/proper/log-loss.js';
import { fitAffine } from '../../models/calibrators/affine.js';
import { fitEncoder } from '../../models/fit-encoder.js';
import { logit, type Probabilities, sigmoid } from '../../models/numbers.js';
import { random } from '../../support/random.js';
import { foldPlaces } from '../choose/fold-places.js';
import { weightedMean } from '../choose/select.js';
import type { Matrix } from '../prepare/matrix.js';
import type { TrainingData } from '../prepare/training-data.js';
import { questionSample } from './question-sample.js';

/** A simple predictor for comparison, fitted on the fit part alone and applied to any rows. */
export interface Baseline {
  name: string;
  /** A description in words, with the signal that it chose. */
  says: string;
  predict(rows: Int32Array): Probabilities;
}

/** The rows used for screening, and the number of signals that reach the cross-validated round. */
const SCREEN_ROWS = 4000;
const FINALISTS = 8;
/** The most rows of that round, in whole questions. It only chooses a signal, whose line is then fitted on all rows. */
export const CROSS_ROWS = 20_000;
/** A (model, task) slice with fewer fit rows uses the pooled line. */
const SLICE_ROWS = 30;

/**
 * The base rate; the best single calibrated signal (Platt scaling, with a separate rate where it is missing); Platt
 * scaling per (model, task) on the best single signal. Signals are screened by in-sample loss. The finalists are
 * compared by log-loss across the given folds, on a sample if there are many rows. The lines are fitted on all rows.
 */
export function fitBaselines(data: TrainingData, matrix: Matrix, rows: Int32Array, fold: Int32Array): Baseline[] {
  const rate = rateOf(data, rows);
  const choice = {
    data,
    signals: scaledSignals(matrix, rows),
    schema: matrix.schema,
    rows,
    some: sampled(data, rows, fold),
  };
  const single = chooseSignal({ ...choice, sliceOf: () => 0 });
  const perSlice = chooseSignal({ ...choice, sliceOf: (row) => data.slice[row] });
  const baselines: Baseline[] = [
    {
      name: 'baseRate',
      says: 'the share of right answers in the fit part',
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

/**
 * A recorded number from 0 to 1, used as a probability without calibration, for a comparison of before and after: pavg,
 * else stated confidence, else any other.
 */
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

/** A signal of every row as the encoder scales it; NaN if it was not recorded. */
type ScaledSignal = (row: number) => number;

/** The rows on which signals are compared, and the fold of each. */
interface Compared {
  rows: Int32Array;
  fold: Int32Array;
}

/** All rows with their folds; if there are many rows, a sample of the questions. */
function sampled(data: TrainingData, rows: Int32Array, fold: Int32Array): Compared {
  const some = questionSample(data, rows, CROSS_ROWS, random('baselines'));
  if (some === rows) return { rows, fold };
  const own = new Map<number, number>();
  rows.forEach((row, i) => {
    own.set(data.group[row], fold[i]); // all rows of a question have the same fold
  });
  return { rows: some, fold: some.map((row) => own.get(data.group[row]) as number) };
}

interface Choice {
  data: TrainingData;
  signals: ScaledSignal[];
  schema: SignalSchema;
  /** The rows on which the chosen line is fitted, and the rows that choose it. */
  rows: Int32Array;
  some: Compared;
  sliceOf: (row: number) => number;
}

function chooseSignal({ data, signals, schema, rows, some, sliceOf }: Choice): Chosen | null {
  if (signals.length === 0) return null;
  const step = Math.max(1, Math.ceil(rows.length / SCREEN_ROWS));
  const screen = rows.filter((_, i) => i % step === 0);
  const score = (signal: ScaledSignal) => {
    const predict = fitLines(data, signal, screen, sliceOf);
    return meanLoss(data, screen, predict(screen));
  };
  const finalists = signals
    .map((signal, j) => ({ j, loss: score(signal) }))
    .sort((x, y) => x.loss - y.loss)
    .slice(0, FINALISTS);
  const parts = foldPlaces(some.fold).map(({ inside, heldOut }) => ({
    inside: inside.map((i) => some.rows[i]),
    heldOutRows: heldOut.map((i) => some.rows[i]),
    heldOut,
  }));
  const crossLoss = (signal: ScaledSignal) => {
    const p = new Float64Array(some.rows.length);
    for (const { inside, heldOut, heldOutRows } of parts) {
      const said = fitLines(data, signal, inside, sliceOf)(heldOutRows);
      heldOut.forEach((i, r) => {
        p[i] = said[r];
      });
    }
    return meanLoss(data, some.rows, p);
  };
  const best = finalists
    .map(({ j }) => ({ j, loss: crossLoss(signals[j]) }))
    .reduce((x, y) => (y.loss < x.loss ? y : x));
  return {
    signal: schema.numeric[best.j].replace(/@\d+$/, ''),
    predict: fitLines(data, signals[best.j], rows, sliceOf),
  };
}

/**
 * Platt scaling on one scaled signal within each slice. Small slices use the pooled line. Rows without the signal have
 * a separate rate.
 */
function fitLines(
  data: TrainingData,
  signal: ScaledSignal,
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
      const value = signal(row);
      return !Number.isNaN(value) ? sigmoid(line.a * value + line.b) : line.missing;
    });
}

function fitLine(data: TrainingData, signal: ScaledSignal, rows: Int32Array): Line {
  const seen = rows.filter((row) => !Number.isNaN(signal(row)));
  const rate = rateOf(data, rows);
  const absent = rows.length - seen.length;
  const missing =
    absent === 0
      ? rate
      : rateOf(
          data,
          rows.filter((row) => Number.isNaN(signal(row))),
          rate,
        );
  if (seen.length < 10) return { a: 0, b: logit(rate), missing };
  const x = Float64Array.from(seen, signal);
  const y = Float64Array.from(seen, (row) => data.y[row]);
  const w = Float64Array.from(seen, (row) => data.w[row]);
  const [a, b] = fitAffine(x, y, w, true);
  return { a, b, missing };
}

/**
 * Each signal as the encoder scales it (mean and standard deviation, smooth clip). It is computed on request, because
 * most signals are requested for few rows.
 */
function scaledSignals({ numeric, categories, schema }: Matrix, rows: Int32Array): ScaledSignal[] {
  const d = schema.numeric.length;
  const { centre, scale } = fitEncoder(numeric, categories, rows, schema);
  return schema.numeric.map((_, j) => (row) => {
    const x = (numeric[row * d + j] - centre[j]) * scale[j];
    return Math.fround(3 * Math.tanh(x / 3));
  });
}

function meanLoss(data: TrainingData, rows: Int32Array, p: Probabilities): number {
  return weightedMean(
    data,
    rows,
    Float64Array.from(rows, (row, i) => logLossOf(p[i], data.y[row])),
  );
}

/** Weighted share of right answers, kept half an answer away from 0 and 1; `prior` counts as one answer. */
function rateOf(data: TrainingData, rows: Int32Array, prior = 0.5): number {
  let sum = prior;
  let weight = 1;
  for (const row of rows) {
    sum += data.w[row] * data.y[row];
    weight += data.w[row];
  }
  return sum / weight;
}
