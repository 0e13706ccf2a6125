import type { Pooling } from './settings.js';

/**
 * One vector of a text from those of its tokens [tokens, size]: their mean, the first (CLS), or the last. With
 * `normalize` it is divided by its Euclidean length; a vector of zeros stays. Sums are in double precision. Source:
 * Reimers & Gurevych 2019 (Sentence-BERT), section 3: mean and CLS pooling.
 */
export function pool(
  data: Float32Array,
  size: number,
  { pooling, normalize }: { pooling: Pooling; normalize: boolean },
): Float64Array {
  const tokens = data.length / size;
  const vector = new Float64Array(size);
  const first = pooling === 'last' ? tokens - 1 : 0;
  const last = pooling === 'cls' ? 0 : tokens - 1;
  for (let t = first; t <= last; t++) for (let j = 0; j < size; j++) vector[j] += data[t * size + j];
  let squares = 0;
  for (let j = 0; j < size; j++) {
    vector[j] /= last - first + 1;
    squares += vector[j] ** 2;
  }
  const length = Math.sqrt(squares);
  if (normalize && length > 0) for (let j = 0; j < size; j++) vector[j] /= length;
  return vector;
}

/** cos(a, b) = a·b / (‖a‖ ‖b‖), from −1 to 1; 0 if one of them is all zeros. */
export function cosine(a: Float64Array, b: Float64Array): number {
  let dot = 0;
  let aa = 0;
  let bb = 0;
  for (let j = 0; j < a.length; j++) {
    dot += a[j] * b[j];
    aa += a[j] * a[j];
    bb += b[j] * b[j];
  }
  if (aa === 0 || bb === 0) return 0;
  return Math.max(-1, Math.min(1, dot / Math.sqrt(aa * bb)));
}
