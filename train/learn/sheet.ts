import { isHidden } from '../../features/pattern.js';
import type { SignalSchema } from '../../features/schema.js';
import type { Vectors } from '../../features/vectors/collect-vectors.js';
import { EMBEDDINGS } from '../../features/vectors/embeddings.js';
import { type Matrix, matrixFor } from '../prepare/matrix.js';
import type { TrainingData } from '../prepare/training-data.js';

/**
 * What fits read about the answers: only numbers, in memory that threads share. Row i of every array is the same
 * answer.
 */
export interface Sheet {
  n: number;
  schema: SignalSchema;
  /** [n, d] row-major, NaN = missing; [n, c], 0 = unseen. */
  numeric: Float32Array;
  categories: Int32Array;
  y: Float64Array;
  w: Float64Array;
  /** Number of each answer's question. */
  group: Int32Array;
  /** Hashed words [n, length], 0 = none; null if there is no text channel. */
  words: Int32Array | null;
  /** The embeddings; null if there is no embedding channel. */
  vectors: Vectors | null;
}

/** A sheet of the matrix with its labels. */
export function sheetOf(data: TrainingData, { schema, numeric, categories }: Matrix): Sheet {
  return {
    n: data.n,
    schema,
    numeric: shared(Float32Array, numeric),
    categories: shared(Int32Array, categories),
    y: shared(Float64Array, data.y),
    w: shared(Float64Array, data.w),
    group: shared(Int32Array, data.group),
    words: data.signals.words === null ? null : shared(Int32Array, data.signals.words),
    vectors: vectorsIn(data, schema),
  };
}

/** The vectors that a schema names, in its order; null if it names none. */
function vectorsIn({ signals: { vectors } }: TrainingData, { embeddings = [] }: SignalSchema): Vectors | null {
  if (vectors == null || embeddings.length === 0) return null;
  const values = embeddings.map(({ name }) => vectors.values[vectors.shapes.findIndex((shape) => shape.name === name)]);
  return {
    shapes: embeddings,
    values: values.map((each) => (each instanceof Float32Array ? shared(Float32Array, each) : each)),
  };
}

/**
 * The same answers as if only the groups of `pattern` had been recorded. The columns of the other groups are removed,
 * and the option is the one that the text names. Labels, weights, words and vectors are shared with `sheet`.
 */
export function hiddenSheet(data: TrainingData, sheet: Sheet, pattern: string): Sheet {
  const vectors = isHidden(EMBEDDINGS, pattern) ? null : sheet.vectors;
  return { ...narrowed(data, sheet, (name) => !isHidden(name, pattern), pattern), vectors };
}

/** The same answers with only some numeric columns. `pattern`: the groups of signals that count as recorded. */
export function narrowed(
  data: TrainingData,
  sheet: Sheet,
  keeps: (column: string) => boolean,
  pattern?: string,
): Sheet {
  const { topK, numeric, categorical } = sheet.schema;
  const schema = { topK, numeric: numeric.filter(keeps), categorical };
  const narrow = matrixFor(data, schema, pattern);
  return {
    ...sheet,
    schema,
    numeric: shared(Float32Array, narrow.numeric),
    categories: shared(Int32Array, narrow.categories),
  };
}

/** Signals as an encoder reads them, and the indexes of some rows in them. */
interface SignalRows {
  numeric: Float32Array;
  categories: Int32Array;
  places: Int32Array;
}

/**
 * Some rows with `extra` columns after the other numeric ones: a copy of these rows only. If there are none, the sheet
 * itself without a copy.
 */
export function signalRows({ numeric, categories, schema }: Sheet, extra: Extra, rows: Int32Array): SignalRows {
  if (extra.length === 0) return { numeric, categories, places: rows };
  const d = schema.numeric.length;
  const c = schema.categorical.length;
  const width = d + extra.length;
  const wide = new Float32Array(rows.length * width);
  const own = new Int32Array(rows.length * c);
  rows.forEach((row, i) => {
    wide.set(numeric.subarray(row * d, row * d + d), i * width);
    for (let e = 0; e < extra.length; e++) wide[i * width + d + e] = extra[e].column[row];
    own.set(categories.subarray(row * c, row * c + c), i * c);
  });
  return { numeric: wide, categories: own, places: Int32Array.from(rows.keys()) };
}

/** The schema of `signalRows`. */
export function schemaWith({ schema }: Sheet, extra: Extra): SignalSchema {
  return { ...schema, numeric: [...schema.numeric, ...extra.map(({ name }) => name)] };
}

/** Columns of a channel's logits [n], by the name of the channel, in the order in which a predictor reads them. */
export type Extra = readonly { name: 'words' | 'embeddings'; column: Float32Array }[];

type Numbers = Float32Array | Float64Array | Int32Array;

/** The values in memory that threads share. Values that are there already are not copied. */
function shared<T extends Numbers>(make: new (buffer: SharedArrayBuffer) => T, values: T): T {
  if (values.buffer instanceof SharedArrayBuffer) return values;
  const copy = new make(new SharedArrayBuffer(values.byteLength));
  copy.set(values as never);
  return copy;
}
