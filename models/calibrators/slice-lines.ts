import type { Logits } from '../numbers.js';
import type { Graph } from '../onnx/graph.js';
import { fitAffine } from './affine.js';
import { bounded, LEAST_SLOPE, TIE_BREAK } from './bounds.js';
import { diagonal, fitBoundedLogistic } from './solve/bounded-logistic.js';

/** A line for each slice (model, task): z' = slope·z + offset. Slices without answers get the pooled line. */
export interface SliceLines {
  slope: number[];
  offset: number[];
  pooled: { slope: number; offset: number };
  /**
   * 1/sd² of the lines' deviations from the pooled line, in answers per squared logit; ∞: no slice has its own line.
   */
  strength: number;
}

/**
 * Recalibration of each slice with partial pooling, applied before the calibrator. First the pooled Platt line is
 * fitted; then in each slice a shift δ of its value at the mean logit, and ε per standard deviation of the logits,
 * under the penalty ½·strength·(δ² + ε²), which is a normal prior around the pooled line. `slice` −1 belongs to no
 * slice. Slopes stay above 1e-3. Returns a function that fits at a given strength, because several are tried. Source:
 * Gelman & Hill 2007, ch. 14 (partial pooling).
 */
export function sliceLinesFitter(
  logits: Logits,
  y: Float64Array,
  w: Float64Array,
  slice: Int32Array,
  slices: number,
): (strength: number) => SliceLines {
  const z = bounded(logits);
  const [slope, offset] = fitAffine(z, y, w, true, LEAST_SLOPE);
  const { mean, deviation } = momentsOf(z, w);
  const members = membersOf(slice, slices).map((rows) => ({
    columns: [Float64Array.from(rows, (i) => z[i] - mean), new Float64Array(rows.length).fill(1)],
    y: Float64Array.from(rows, (i) => y[i]),
    w: Float64Array.from(rows, (i) => w[i]),
    lower: [LEAST_SLOPE, Number.NEGATIVE_INFINITY],
    centre: [slope, offset + slope * mean],
  }));
  return (strength) => {
    const lines = members.map((member) => {
      if (strength === Number.POSITIVE_INFINITY || member.y.length === 0) return { slope, offset };
      const penalty = diagonal([strength * deviation ** 2 + TIE_BREAK, strength]);
      const [own, atMean] = fitBoundedLogistic({ ...member, penalty }).coefficients;
      return { slope: own, offset: atMean - own * mean };
    });
    return {
      slope: lines.map((line) => line.slope),
      offset: lines.map((line) => line.offset),
      pooled: { slope, offset },
      strength,
    };
  };
}

export function applySliceLines({ slope, offset, pooled }: SliceLines, logits: Logits, slice: Int32Array): Logits {
  return logits.map((z, i) => {
    const c = slice[i];
    return c < 0 ? pooled.slope * z + pooled.offset : slope[c] * z + offset[c];
  });
}

/**
 * logit [n] and int64 slice [n] in (0: a slice not seen in training; c + 1: slice c), the recalibrated logit [n] out.
 */
export function emitSliceLines(
  graph: Graph,
  { slope, offset, pooled }: SliceLines,
  logit: string,
  slice: string,
): string {
  const size = [slope.length + 1];
  const factor = graph.op('Gather', [graph.floats([pooled.slope, ...slope], size), slice]); // [n]
  const summand = graph.op('Gather', [graph.floats([pooled.offset, ...offset], size), slice]);
  return graph.op('Add', [graph.op('Mul', [logit, factor]), summand]);
}

/** The rows of each slice. */
function membersOf(slice: Int32Array, slices: number): number[][] {
  const members = Array.from({ length: slices }, (): number[] => []);
  slice.forEach((c, i) => {
    if (c >= 0) members[c].push(i);
  });
  return members;
}

/** Weighted mean and standard deviation; the deviation is 1 if all logits are the same. */
function momentsOf(z: Logits, w: Float64Array): { mean: number; deviation: number } {
  let weight = 0;
  let mean = 0;
  for (let i = 0; i < z.length; i++) {
    weight += w[i];
    if (w[i] > 0) mean += ((z[i] - mean) * w[i]) / weight;
  }
  let square = 0;
  for (let i = 0; i < z.length; i++) square += (w[i] * (z[i] - mean) ** 2) / weight;
  return { mean, deviation: square > 0 ? Math.sqrt(square) : 1 };
}
