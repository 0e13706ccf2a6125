import type { Graph } from './onnx/graph.js';

/** How a row of signals becomes the dense input of a network. Plain JSON, stored with the model. */
export interface Encoder {
  /** Per numeric column: its mean, which replaces a missing value. */
  centre: number[];
  /** Per numeric column: 1 / standard deviation, never 0. */
  scale: number[];
  /** Columns with an additional 0/1 input "was missing": one column of each set that is always missing together. */
  indicators: number[];
  /** Vocabulary size per categorical column. Each column becomes a one-hot of that width (0 = unseen gives zeros). */
  vocabularies: number[];
  /**
   * Factor of each encoded input that makes it vary by about 1. Compiled predictors include it in their weights.
   * Absent: 1.
   */
  gain?: number[];
}

/** Encoded values stay inside ±BOUND. */
const BOUND = 3;
/** Width of the encoded row. */
export function encodedWidth(encoder: Encoder): number {
  return encoder.centre.length + encoder.indicators.length + encoder.vocabularies.reduce((sum, v) => sum + v, 0);
}

/**
 * Encodes rows `rows` of `numeric` [·, d] and `categories` [·, c] into a dense row-major matrix [rows.length, width]:
 * scaled columns, then missing indicators, then one-hots, each times its gain.
 */
export function encode(
  encoder: Encoder,
  numeric: Float32Array,
  categories: Int32Array,
  rows: ArrayLike<number>,
): Float32Array {
  const { centre, scale, indicators, vocabularies, gain } = encoder;
  const d = centre.length;
  const c = vocabularies.length;
  const width = encodedWidth(encoder);
  const out = new Float32Array(rows.length * width);
  for (let r = 0; r < rows.length; r++) {
    const from = rows[r] * d;
    const to = r * width;
    for (let j = 0; j < d; j++) {
      const value = numeric[from + j];
      if (!Number.isNaN(value)) out[to + j] = clip((value - centre[j]) * scale[j]);
    }
    for (let k = 0; k < indicators.length; k++) {
      const value = numeric[from + indicators[k]];
      if (Number.isNaN(value)) out[to + d + k] = 1;
    }
    let at = to + d + indicators.length;
    for (let k = 0; k < c; k++) {
      const index = categories[rows[r] * c + k];
      if (index > 0) out[at + index - 1] = 1;
      at += vocabularies[k];
    }
    if (gain !== undefined) for (let j = 0; j < width; j++) out[to + j] *= gain[j];
  }
  return out;
}

/**
 * Factor of each encoded input after `emitEncoder`. The gain and the bound of the clip are left to the first weights
 * behind it, because saving a node is worth more than the arithmetic.
 */
export function encoderGains(encoder: Encoder): Float64Array {
  const { centre, gain } = encoder;
  return Float64Array.from(
    { length: encodedWidth(encoder) },
    (_, j) => (gain?.[j] ?? 1) * (j < centre.length ? BOUND : 1),
  );
}

/** The encoded rows and the names of the constants that made them. */
interface EmittedEncoder {
  x: string;
  slope: string;
  offset: string;
  /** The one-hots alone [n, Σ size]; null where there are none. */
  oneHots: string | null;
}

/**
 * Emits the encoder: `features` [n, d] and `categories` [n, c] in, x [n, width] out. x still has to be multiplied by
 * `encoderGains`.
 */
export function emitEncoder(
  graph: Graph,
  encoder: Encoder,
  features: string,
  categories: string | null,
): EmittedEncoder {
  const { centre, scale, indicators, vocabularies } = encoder;
  const d = centre.length;
  const factors = scale.map((by) => by / BOUND);
  const summands = scale.map((by, j) => (-centre[j] * by) / BOUND);
  const slope = graph.floats(factors, [1, d], 'slope');
  const offset = graph.floats(summands, [1, d], 'offset');
  const squashed = graph.op('Tanh', [graph.op('Add', [graph.op('Mul', [features, slope]), offset])]);
  const missing = graph.op('IsNaN', [features]);
  const parts = [graph.op('Where', [missing, graph.scalar(0), squashed])]; // [n, d]
  if (indicators.length > 0) {
    const chosen = graph.op('Gather', [missing, graph.ints(indicators, [indicators.length])], { axis: 1 });
    parts.push(graph.op('Cast', [chosen], { to: 1 }));
  }
  const hasOneHots = categories !== null && vocabularies.some((size) => size > 0);
  const oneHots = hasOneHots ? emitOneHots(graph, vocabularies, categories) : null;
  if (oneHots !== null) parts.push(oneHots);
  const x = parts.length === 1 ? parts[0] : graph.op('Concat', parts, { axis: 1 }); // [n, width]
  return { x, slope, offset, oneHots };
}

/** Reads back the encoder from the constants that `emitEncoder` made. Emitting it again makes the same constants. */
export function readEncoder(
  slope: Float32Array,
  offset: Float32Array,
  { indicators, vocabularies }: Pick<Encoder, 'indicators' | 'vocabularies'>,
): Encoder {
  const scale = Array.from(slope, (by) => by * BOUND);
  const centre = Array.from(offset, (summand, j) => (-summand * BOUND) / scale[j]);
  return { centre, scale, indicators, vocabularies };
}

/**
 * All one-hots side by side [n, Σ size] from indexes [n, c]. One table has a block of rows for each column; unseen
 * values are rows of zeros.
 */
function emitOneHots(graph: Graph, vocabularies: number[], categories: string): string {
  const width = vocabularies.reduce((sum, size) => sum + size, 0);
  const table = new Float32Array((width + vocabularies.length) * width);
  const starts: number[] = [];
  let row = 0;
  let column = 0;
  for (const size of vocabularies) {
    starts.push(row);
    for (let i = 0; i < size; i++) table[(row + 1 + i) * width + column + i] = 1;
    row += size + 1;
    column += size;
  }
  const c = vocabularies.length;
  const places = c === 1 ? categories : graph.op('Add', [categories, graph.ints(starts, [1, c])]);
  const each = graph.op('Gather', [graph.floats(table, [row, width], 'onehot'), places], { axis: 0 }); // [n, c, width]
  return graph.op('ReduceSum', [each, graph.ints([1], [1])], { keepdims: 0 }); // [n, width]
}

function clip(x: number): number {
  return BOUND * Math.tanh(x / BOUND);
}
