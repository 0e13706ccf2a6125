import type { Random } from '../../support/random.js';
import type { TrainingData } from '../../train/prepare/training-data.js';

/** Rounds of the power iteration: enough for the first components, whose eigenvalues lie apart. */
const ROUNDS = 30;

/**
 * The first `most` principal components of all vectors of an answer, side by side, each scaled to variance 1, as columns
 * [n]. A missing vector counts as the mean. They are found without labels, by power iteration on the centred rows.
 */
export function principalComponents({ n, signals }: TrainingData, most: number, random: Random): Float64Array[] {
  const { shapes, values } = signals.vectors!;
  const width = shapes.reduce((sum, { size }) => sum + size, 0);
  const x = new Float32Array(n * width); // [n, width]
  let at = 0;
  shapes.forEach(({ size }, k) => {
    const own = values[k] as Float32Array;
    for (let j = 0; j < size; j++) centre(x, { from: own, n, size, j, width, to: at + j });
    at += size;
  });
  let basis: Float64Array[] = Array.from({ length: most }, () =>
    Float64Array.from({ length: width }, () => random.normal()),
  );
  let scores: Float64Array[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    scores = orthonormal(basis).map((direction) => times(x, direction, n));
    basis = scores.map((score) => timesTransposed(x, score, width));
  }
  return scores.map((score) => {
    const deviation = Math.sqrt(score.reduce((sum, each) => sum + each * each, 0) / n);
    return score.map((each) => each / deviation);
  });
}

interface Place {
  from: Float32Array;
  n: number;
  size: number;
  j: number;
  width: number;
  to: number;
}

/** Copies column `j` of a vector to column `to` of x, without its mean; missing numbers become 0. */
function centre(x: Float32Array, { from, n, size, j, width, to }: Place): void {
  let sum = 0;
  let seen = 0;
  for (let i = 0; i < n; i++) {
    const value = from[i * size + j];
    if (Number.isNaN(value)) continue;
    sum += value;
    seen++;
  }
  for (let i = 0; i < n; i++) {
    const value = from[i * size + j];
    x[i * width + to] = Number.isNaN(value) ? 0 : value - sum / seen;
  }
}

/** Gram–Schmidt. */
function orthonormal(vectors: Float64Array[]): Float64Array[] {
  const done: Float64Array[] = [];
  for (const vector of vectors) {
    const left = vector.slice();
    for (const other of done) {
      const along = left.reduce((sum, each, j) => sum + each * other[j], 0);
      for (let j = 0; j < left.length; j++) left[j] -= along * other[j];
    }
    const length = Math.sqrt(left.reduce((sum, each) => sum + each * each, 0));
    done.push(left.map((each) => each / length));
  }
  return done;
}

function times(x: Float32Array, direction: Float64Array, n: number): Float64Array {
  const width = direction.length;
  return Float64Array.from({ length: n }, (_, i) => {
    let sum = 0;
    for (let j = 0; j < width; j++) sum += x[i * width + j] * direction[j];
    return sum;
  });
}

function timesTransposed(x: Float32Array, score: Float64Array, width: number): Float64Array {
  const result = new Float64Array(width);
  for (let i = 0; i < score.length; i++) for (let j = 0; j < width; j++) result[j] += score[i] * x[i * width + j];
  return result;
}
