import type { Graph } from './onnx/graph.js';

/**
 * Shift: how unlike the training answers an answer is, from its encoded numbers x: √(mean_k (x·W_k + b_k)²) /
 * threshold. 1 is the threshold of the least similar answers. The K columns of W are random directions of whitened
 * space, so the sum of squares estimates the Mahalanobis distance (Johnson & Lindenstrauss 1984) with K products per
 * signal instead of d.
 */
export interface Shift {
  directions: number;
  /** [d, K] row-major over the numeric inputs, and [K]. */
  weights: Float32Array;
  offset: Float32Array;
  /** Distance at which the shift is 1. */
  threshold: number;
}

/** Shift of encoded rows [n, width]; only the first d inputs are read. */
export function shiftsOf(
  { directions, weights, offset, threshold }: Shift,
  x: Float32Array,
  width: number,
): Float64Array {
  const d = weights.length / directions;
  const sums = new Float64Array(directions);
  return Float64Array.from({ length: x.length / width }, (_, i) => {
    for (let k = 0; k < directions; k++) sums[k] = offset[k];
    for (let j = 0; j < d; j++) {
      const value = x[i * width + j];
      if (value === 0) continue;
      for (let k = 0; k < directions; k++) sums[k] += value * weights[j * directions + k];
    }
    let square = 0;
    for (let k = 0; k < directions; k++) square += sums[k] * sums[k];
    return Math.sqrt(square / directions) / threshold;
  });
}

/** Shift as a graph stores it, in units of the threshold: √Σ_k (x·W_k + b_k)², W [width, K] and b [K]. */
export interface CompiledShift {
  directions: number;
  weights: Float32Array;
  offset: Float32Array;
}

/** Compiles shift for an x that still has to be multiplied by `gains`. */
export function compileShift({ directions, weights, offset, threshold }: Shift, gains: Float64Array): CompiledShift {
  const d = weights.length / directions;
  const wide = new Float32Array(gains.length * directions);
  const share = 1 / (threshold * Math.sqrt(directions));
  for (let j = 0; j < d; j++) {
    for (let k = 0; k < directions; k++) wide[j * directions + k] = weights[j * directions + k] * gains[j] * share;
  }
  return { directions, weights: wide, offset: offset.map((value) => value * share) };
}

/** Emits shift: x [n, width] → [n]. */
export function emitShift(graph: Graph, shift: CompiledShift, x: string) {
  const { directions } = shift;
  const weights = graph.floats(shift.weights, [shift.weights.length / directions, directions], 'shift');
  const offset = graph.floats(shift.offset, [1, directions], 'shift');
  const along = graph.op('Add', [graph.op('MatMul', [x, weights]), offset]); // [n, K]
  const result = graph.op('ReduceL2', [along, graph.ints([1], [1])], { keepdims: 0 }); // [n]
  return { shift: result, layout: { weights, offset, directions } };
}
