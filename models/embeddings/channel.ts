import type { EmbeddingShape } from '../../features/vectors/embeddings.js';
import { sigmoid } from '../numbers.js';
import { type Probe, probeLogit } from './probe.js';

/**
 * The embedding channel: from the vectors of an answer to a logit, which is one more numeric signal of the predictor. x
 * holds the standardised numbers of all vectors in order, clipped at ±CLIP, then a flag for each vector that is
 * missing, whose numbers are 0. The channel is a logistic regression on x and, where that helps, a projection of x to a
 * few hidden units: logit = bias + linear·x + Σ_h heads[h] · SiLU(biases[h] + Σ_j x_j weights[j, h]). Instead of the
 * projection it may have a probe, which is a deeper network: logit = bias + linear·x + probe(x).
 */
export interface EmbeddingChannel {
  shapes: EmbeddingShape[];
  /** Mean and 1 / standard deviation of each of the D numbers of all vectors; the slope of a constant one is 0. */
  centre: Float32Array;
  slope: Float32Array;
  /** [D + vectors]. */
  linear: Float32Array;
  /** Number of hidden units; 0 if the channel is a logistic regression. */
  width: number;
  /** The projection [D + vectors, width] row-major. */
  weights: Float32Array;
  /** [width] each. */
  biases: Float32Array;
  heads: Float32Array;
  bias: number;
  /** Null or absent if there is none. */
  probe?: Probe | null;
}

/** The numbers that a channel reads: how they are standardised. */
export type Standardiser = Pick<EmbeddingChannel, 'shapes' | 'centre' | 'slope'>;

/** Standardised numbers are at most this far from 0, so that one odd vector cannot overflow. */
export const CLIP = 10;

/** The length of x: the numbers of all vectors, and a flag for each vector. */
export function inputsOf({ shapes, centre }: Standardiser): number {
  return centre.length + shapes.length;
}

/**
 * Writes x of one row to `x[at…]`: `values[k]` [n, size] holds the vectors of shape k, and a vector with a NaN is
 * missing. Returns how many vectors there are.
 */
export function standardise(
  { shapes, centre, slope }: Standardiser,
  values: readonly Float32Array[],
  row: number,
  x: Float32Array,
  at = 0,
): number {
  let first = 0;
  let recorded = 0;
  for (let k = 0; k < shapes.length; k++) {
    const { size } = shapes[k];
    const own = values[k];
    const from = row * size - first;
    const end = first + size;
    let isMissing = false;
    for (let j = first; j < end; j++) {
      const value = own[from + j];
      if (Number.isNaN(value)) isMissing = true;
      const z = (value - centre[j]) * slope[j];
      x[at + j] = z > CLIP ? CLIP : z < -CLIP ? -CLIP : z;
    }
    if (isMissing) x.fill(0, at + first, at + end);
    else recorded++;
    x[at + centre.length + k] = isMissing ? 1 : 0;
    first = end;
  }
  return recorded;
}

/** Whether a row has any of the vectors. */
export function hasVector(
  { shapes }: Pick<Standardiser, 'shapes'>,
  values: readonly Float32Array[],
  row: number,
): boolean {
  return shapes.some(({ size }, k) => !values[k].subarray(row * size, (row + 1) * size).some(Number.isNaN));
}

/** Logits of the channel for rows [n] of vectors. */
export function embeddingLogits(channel: EmbeddingChannel, values: readonly Float32Array[]): Float32Array {
  const n = values[0].length / channel.shapes[0].size;
  const x = new Float32Array(inputsOf(channel));
  return Float32Array.from({ length: n }, (_, row) => {
    standardise(channel, values, row, x);
    return logitOf(channel, x);
  });
}

/** The logit for standardised numbers and flags x. */
export function logitOf(channel: EmbeddingChannel, x: Float32Array): number {
  const { linear, width, weights, biases, heads } = channel;
  let logit = channel.bias;
  for (let j = 0; j < x.length; j++) logit += x[j] * linear[j];
  for (let h = 0; h < width; h++) {
    let sum = biases[h];
    for (let j = 0; j < x.length; j++) sum += x[j] * weights[j * width + h];
    logit += heads[h] * sum * sigmoid(sum);
  }
  return channel.probe == null ? logit : logit + probeLogit(channel.probe, x);
}
