import { type Encoder, encode, encodedWidth } from '../../../models/encoder.js';
import { fitEncoder } from '../../../models/fit-encoder.js';
import type { Tf } from '../../../models/networks/types.js';
import type { Logits } from '../../../models/numbers.js';
import { type Shift, shiftsOf } from '../../../models/shift.js';
import { random } from '../../../support/random.js';
import type { EncodedRows } from '../encoded-rows.js';
import { PILOT, type Ridge, weightPenalties } from '../ridge-path.js';
import { type Extra, type Sheet, schemaWith, signalRows } from '../sheet.js';
import { fitShift, leftOutShifts } from '../shift.js';
import { dropOne } from './drop-one.js';
import { betaOf, fitRidge, type Linear, linear } from './newton.js';
import type { RidgeSolution } from './ridge-solution.js';
import { fitSimple, type SimpleFits, simpleFold } from './simple.js';

/** Logistic regression on `rows` along a path of ridges. */
export interface LinearJob {
  kind: 'linear';
  rows: Int32Array;
  /** Rows whose logits are wanted. */
  heldOut: Int32Array;
  /** More numeric columns: the logits of the channels. */
  extra: Extra;
  path: readonly Ridge[];
  /** Seed of the shift's directions; null where no shift is wanted. */
  shiftSeed: string | null;
  /** Sets of numeric columns whose worth is wanted at the last ridge; that of each category comes behind them. */
  families?: number[][];
  /** Whether the simple ways are wanted too. */
  simple?: boolean;
}

export interface LinearFit {
  encoder: Encoder;
  /** By ridge: the solution, and its logits for `heldOut`. */
  path: RidgeSolution[];
  logits: Logits[];
  /**
   * Shift of the encoded numbers, its threshold still 1, and its values for `heldOut`. Where nothing is held out: its
   * values for `rows`, each as if left out of the fit.
   */
  shift: { model: Shift; heldOut: Float64Array; own: Float64Array | null } | null;
  /** Rise of the log-loss on `heldOut` without each set. */
  dropped: Float64Array | null;
  /** Base rate and Platt scaling of one signal, and their logits for `heldOut`. */
  simple: (SimpleFits & { logits: Record<'rate' | 'signal', Logits> }) | null;
}

/** Fits the encoder on `rows`, then each ridge, warm-started from the one before. */
export async function fitLinear(tf: Tf, sheet: Sheet, job: LinearJob): Promise<LinearFit> {
  const { rows, heldOut } = job;
  const { encoder, fit, x } = encodedOf(sheet, job);
  const d = encodedWidth(encoder);
  const path = await solutions(tf, d, fit, job.path);
  const logitsOf = (solution: Linear) => {
    const z = new Float64Array(heldOut.length);
    linear(x, d, betaOf(solution), z);
    return z;
  };
  const logits = path.map(logitsOf);
  const fold = rows.map((row) => simpleFold(sheet.group[row]));
  const ways = job.simple ? fitSimple(fit, fold, encoder, d, sheet.schema.numeric.length) : null;
  const simple = ways && { ...ways, logits: { rate: logitsOf(ways.rate), signal: logitsOf(ways.signal) } };
  const { shiftSeed, families } = job;
  let shift: LinearFit['shift'] = null;
  if (shiftSeed !== null) {
    const model = fitShift(fit.x, d, encoder.centre.length, random(shiftSeed));
    shift = {
      model,
      heldOut: shiftsOf(model, x, d),
      own: heldOut.length === 0 ? leftOutShifts(model, fit.x, d) : null,
    };
  }
  const dropped =
    families === undefined
      ? null
      : dropOne(d, fit, { ...labels(sheet, heldOut), x }, path.at(-1)!, inputSets(encoder, families));
  return { encoder, path, logits, shift, dropped, simple };
}

/**
 * The encoder fitted on `rows`, these rows, and those held out. What it reads is let go before the rows are encoded.
 */
function encodedOf(sheet: Sheet, { rows, heldOut, extra }: LinearJob) {
  const encoder = encoderOf(sheet, extra, rows);
  return { encoder, fit: encodedRows(sheet, extra, encoder, rows), x: encodedX(sheet, extra, encoder, heldOut) };
}

function encoderOf(sheet: Sheet, extra: Extra, rows: Int32Array): Encoder {
  const { numeric, categories, places } = signalRows(sheet, extra, rows);
  return fitEncoder(numeric, categories, places, schemaWith(sheet, extra));
}

async function solutions(tf: Tf, d: number, fit: EncodedRows, path: readonly Ridge[]): Promise<RidgeSolution[]> {
  let pilot: Linear | null = null;
  const found: RidgeSolution[] = [];
  for (const ridge of path) {
    if (ridge.adaptive > 0) pilot ??= await fitRidge(tf, d, fit, PILOT);
    const penalties =
      ridge.adaptive > 0 ? weightPenalties(ridge, pilot!.weights) : new Float64Array(d).fill(ridge.penalty);
    found.push({ ...(await fitRidge(tf, d, fit, penalties, found.at(-1))), penalties });
  }
  return found;
}

/** The encoded inputs of each set of numeric columns, their flags too, then those of each category. */
function inputSets({ centre, indicators, vocabularies }: Encoder, families: number[][]): number[][] {
  const d = centre.length;
  const sets = families.map((columns) => [
    ...columns,
    ...indicators.flatMap((column, k) => (columns.includes(column) ? [d + k] : [])),
  ]);
  let at = d + indicators.length;
  for (const size of vocabularies) {
    sets.push(Array.from({ length: size }, (_, v) => at + v));
    at += size;
  }
  return sets;
}

/** Encoded rows with their labels and weights. */
export function encodedRows(sheet: Sheet, extra: Extra, encoder: Encoder, rows: Int32Array): EncodedRows {
  return { x: encodedX(sheet, extra, encoder, rows), ...labels(sheet, rows) };
}

/** Rows copied at a time, where more columns have to be put behind the others. */
const BLOCK = 4096;

/** Encoded rows [rows, width], made block by block, so that what they are made of is never copied whole. */
function encodedX(sheet: Sheet, extra: Extra, encoder: Encoder, rows: Int32Array): Float32Array {
  const width = encodedWidth(encoder);
  const x = new Float32Array(rows.length * width);
  for (let at = 0; at < rows.length; at += BLOCK) {
    const { numeric, categories, places } = signalRows(sheet, extra, rows.subarray(at, at + BLOCK));
    x.set(encode(encoder, numeric, categories, places), at * width);
  }
  return x;
}

function labels({ y, w }: Sheet, rows: Int32Array): Omit<EncodedRows, 'x'> {
  return { y: Float64Array.from(rows, (row) => y[row]), w: Float64Array.from(rows, (row) => w[row]) };
}
