import type { Architecture, Masks, Tf } from '../../../models/networks/types.js';
import { maxOf } from '../../../support/extremes.js';
import type { Random } from '../../../support/random.js';

/** Least size of the pool: some hundred masks of a layer. */
const POOL = 1 << 20;

interface Dropout {
  /** Masks of every layer for a batch, each a window of the pool at a random place; none where nothing is dropped. */
  masks(size: number): Masks;
  dispose(): void;
}

/**
 * Dropout from a pool of units dropped (0) or kept (1 / (1 − share)), drawn once and held on the backend: to draw and
 * upload a fresh mask cost an ensemble's step a fifth of its time. Source: Srivastava et al. 2014, sec. 4. Memory: 4
 * MB.
 */
export function dropout(tf: Tf, a: Architecture, batch: number, share: number, random: Random): Dropout {
  if (share === 0) return { masks: () => [], dispose: () => {} };
  const members = a.ensemble ?? 1;
  const length = Math.max(POOL, 2 * batch * members * maxOf([0, ...a.hidden]));
  const pool = tf.tensor1d(Float32Array.from({ length }, () => (random.next() < share ? 0 : 1 / (1 - share))));
  const masks = (size: number): Masks =>
    a.hidden.map((width) => {
      const units = size * members * width;
      return tf.reshape(tf.slice1d(pool, random.int(length - units + 1), units), [size * members, width]);
    });
  return { masks, dispose: () => pool.dispose() };
}
