import type { Graph } from '../onnx/graph.js';

/**
 * Piecewise-linear encoding of numeric inputs by quantiles, fixed before training: input i of it is
 * clamp((x[column] − low)·rate, 0, 1), the share of its bin that x has passed. Plain JSON.
 */
export interface Embedding {
  columns: number[];
  /** Lower edge of the bin, and 1 / its width. */
  low: number[];
  rate: number[];
}

/** Narrowest bin, in encoded units: what lies closer together is one value. */
const NARROWEST = 1e-3;

/**
 * Fits the embedding on encoded rows x [n, inputs], whose first `numeric` columns are numbers: edges at the quantiles
 * 0, 1/bins, …, 1 of each column, equal ones once. A column left with one bin is what the encoded input says already,
 * and gets none. A missing value stands at its column's mean, as in the encoded input; its indicator tells it apart.
 * Source: Gorishniy et al. 2022, eq. 1 and sec. 3.2.1. Cost: a sort of each column.
 */
export function fitEmbedding(x: Float32Array, inputs: number, numeric: number, bins: number): Embedding {
  const n = x.length / inputs;
  const embedding: Embedding = { columns: [], low: [], rate: [] };
  const column = new Float32Array(n);
  for (let j = 0; j < numeric; j++) {
    for (let i = 0; i < n; i++) column[i] = x[i * inputs + j];
    column.sort();
    const edges = [column[0]];
    for (let b = 1; b <= bins; b++) {
      const edge = column[Math.round((b / bins) * (n - 1))];
      if (edge - edges[edges.length - 1] > NARROWEST) edges.push(edge);
    }
    if (edges.length < 3) continue;
    for (let b = 1; b < edges.length; b++) {
      embedding.columns.push(j);
      embedding.low.push(edges[b - 1]);
      embedding.rate.push(1 / (edges[b] - edges[b - 1]));
    }
  }
  return embedding;
}

export function embeddedWidth(embedding: Embedding | undefined): number {
  return embedding === undefined ? 0 : embedding.columns.length;
}

/** Rows [n, inputs] → [n, inputs + embedded], in a new array; the same array where there is no embedding. */
export function embed(embedding: Embedding | undefined, x: Float32Array, inputs: number): Float32Array {
  if (embedding === undefined) return x;
  const { columns, low, rate } = embedding;
  const n = x.length / inputs;
  const width = inputs + columns.length;
  const out = new Float32Array(n * width);
  for (let i = 0; i < n; i++) {
    const from = i * inputs;
    const to = i * width;
    out.set(x.subarray(from, from + inputs), to);
    for (let k = 0; k < columns.length; k++) {
      const t = (x[from + columns[k]] - low[k]) * rate[k];
      out[to + inputs + k] = t < 0 ? 0 : t > 1 ? 1 : t;
    }
  }
  return out;
}

/** The embedded rows beside the encoded ones, and the names of the constants that made them. */
interface EmittedEmbedding {
  x: string;
  slope: string;
  offset: string;
}

/** The embedding as a graph holds it: input k is clamp(x[column]·slope + offset, 0, 1). */
export interface CompiledEmbedding {
  columns: number[];
  slope: Float32Array;
  offset: Float32Array;
}

/** Compiles the embedding for x that is still to be times `gains`. */
export function compileEmbedding({ columns, low, rate }: Embedding, gains: Float64Array): CompiledEmbedding {
  return {
    columns,
    slope: Float32Array.from(rate, (by, k) => by * gains[columns[k]]),
    offset: Float32Array.from(rate, (by, k) => -low[k] * by),
  };
}

/** Emits the embedding for x [n, inputs]: x beside its embedding [n, inputs + embedded]. */
export function emitEmbedding(graph: Graph, embedding: CompiledEmbedding, x: string): EmittedEmbedding {
  const { columns } = embedding;
  const m = columns.length;
  const slope = graph.floats(embedding.slope, [1, m], 'embedSlope');
  const offset = graph.floats(embedding.offset, [1, m], 'embedOffset');
  const picked = graph.op('Gather', [x, graph.ints(columns, [m])], { axis: 1 }); // [n, m]
  const line = graph.op('Add', [graph.op('Mul', [picked, slope]), offset]);
  const embedded = graph.op('Clip', [line, graph.scalar(0), graph.scalar(1)]);
  return { x: graph.op('Concat', [x, embedded], { axis: 1 }), slope, offset };
}
