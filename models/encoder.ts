import type { SignalSchema } from '../features/schema.js';
import type { Graph } from './onnx/graph.js';

/** How a row of signals becomes the dense input of a network; plain JSON, stored with the model. */
export interface Encoder {
  /** Per numeric column: the value that stands in for a missing one. */
  median: number[];
  /** Per numeric column: 1 / (q90 − q10), or a substitute where that is 0; 0 switches the column off. */
  scale: number[];
  /** Columns that get a 0/1 "was missing" input beside them. */
  indicators: number[];
  /** Vocabulary size per categorical column; each becomes a one-hot of that width (0 = unseen gives zeros). */
  vocabularies: number[];
}

/** Encoded values stay inside ±BOUND. */
const BOUND = 3;

/**
 * Fits the encoder: robust scaling by the 10–90% range around the median, x' = (x − median)/(q90 − q10), then the smooth
 * clip 3·tanh(x'/3), linear near 0 and bounded by ±3, infinities too. Where q10 = q90 the full range stands in.
 * `numeric` is row-major [·, d], NaN = missing; only `rows` of it are read. Source: after RealMLP
 * (Holzmüller et al. 2024, sec. 3), whose clip x'/√(1 + (x'/3)²) costs four graph nodes more.
 */
export function fitEncoder(numeric: Float32Array, rows: ArrayLike<number>, schema: SignalSchema): Encoder {
  const d = schema.numeric.length;
  const median: number[] = [];
  const scale: number[] = [];
  const indicators: number[] = [];
  const n = rows.length;
  const column = new Float32Array(n);
  for (let j = 0; j < d; j++) {
    let seen = 0;
    for (let i = 0; i < n; i++) {
      const value = numeric[rows[i] * d + j];
      if (!Number.isNaN(value)) column[seen++] = value;
    }
    const sorted = column.subarray(0, seen).sort();
    if (seen > 0 && seen < n) indicators.push(j);
    median.push(seen === 0 ? 0 : quantile(sorted, 0.5));
    scale.push(seen === 0 ? 0 : inverseRange(sorted));
  }
  return { median, scale, indicators, vocabularies: schema.categorical.map((c) => c.vocabulary.length) };
}

/** Width of the encoded row. */
export function encodedWidth(encoder: Encoder): number {
  return encoder.median.length + encoder.indicators.length + encoder.vocabularies.reduce((sum, v) => sum + v, 0);
}

/**
 * Encodes rows `rows` of `numeric` [·, d] and `categories` [·, c] into a dense row-major matrix [rows.length, width]:
 * scaled columns, then missing indicators, then one-hots.
 */
export function encode(
  encoder: Encoder,
  numeric: Float32Array,
  categories: Int32Array,
  rows: ArrayLike<number>,
): Float32Array {
  const { median, scale, indicators, vocabularies } = encoder;
  const d = median.length;
  const c = vocabularies.length;
  const width = encodedWidth(encoder);
  const out = new Float32Array(rows.length * width);
  for (let r = 0; r < rows.length; r++) {
    const from = rows[r] * d;
    const to = r * width;
    for (let j = 0; j < d; j++) {
      const value = numeric[from + j];
      const bounded = clip((value - median[j]) * scale[j]);
      if (!Number.isNaN(bounded)) out[to + j] = bounded;
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
  }
  return out;
}

/** Emits the same as graph nodes: `features` [n, d] and `categories` [n, c] in, encoded [n, width] out. */
export function emitEncoder(graph: Graph, encoder: Encoder, features: string, categories: string | null): string {
  const { median, scale, indicators, vocabularies } = encoder;
  const d = median.length;
  const parts: string[] = [];
  const slope = scale.map((by) => by / BOUND);
  const offset = scale.map((by, j) => (-median[j] * by) / BOUND);
  const scaled = graph.op('Mul', [features, graph.floats(slope, [1, d])]);
  const squashed = graph.op('Tanh', [graph.op('Add', [scaled, graph.floats(offset, [1, d])])]);
  const bounded = graph.op('Mul', [squashed, graph.scalar(BOUND)]);
  parts.push(graph.op('Where', [graph.op('IsNaN', [bounded]), graph.scalar(0), bounded])); // [n, d]
  if (indicators.length > 0) {
    const flags = graph.op('Cast', [graph.op('IsNaN', [features])], { to: 1 });
    parts.push(
      indicators.length === d
        ? flags
        : graph.op('Gather', [flags, graph.ints(indicators, [indicators.length])], { axis: 1 }),
    );
  }
  vocabularies.forEach((size, k) => {
    if (size === 0 || categories === null) return;
    const index = graph.op('Gather', [categories, graph.ints([k], [])], { axis: 1 }); // [n]
    parts.push(graph.op('Gather', [oneHotTable(graph, size), index], { axis: 0 })); // [n, size]
  });
  return parts.length === 1 ? parts[0] : graph.op('Concat', parts, { axis: 1 }); // [n, width]
}

/** Row 0 (unseen) is all zeros, row i + 1 is the i-th unit vector. */
function oneHotTable(graph: Graph, size: number): string {
  const table = new Float32Array((size + 1) * size);
  for (let i = 0; i < size; i++) table[(i + 1) * size + i] = 1;
  return graph.floats(table, [size + 1, size], 'onehot');
}

function clip(x: number): number {
  return BOUND * Math.tanh(x / BOUND);
}

function inverseRange(sorted: Float32Array): number {
  const range = quantile(sorted, 0.9) - quantile(sorted, 0.1);
  if (range > 1e-12) return 1 / range;
  const full = sorted[sorted.length - 1] - sorted[0];
  return full > 1e-12 ? 1 / full : 0;
}

function quantile(sorted: Float32Array, q: number): number {
  const at = q * (sorted.length - 1);
  const low = Math.floor(at);
  const high = Math.ceil(at);
  return sorted[low] + (sorted[high] - sorted[low]) * (at - low);
}
