import type { Tensor } from '@tensorflow/tfjs-core';
import type { Tf } from './types.js';

/** SiLU: z·σ(z). */
export function silu<T extends Tensor>(tf: Tf, z: T): T {
  return tf.mul(z, tf.sigmoid(z)) as T;
}

/** silu'(z) = σ(z)·(1 + z·(1 − σ(z))). */
export function siluSlope<T extends Tensor>(tf: Tf, z: T): T {
  const s = tf.sigmoid(z);
  return tf.mul(s, tf.add(tf.mul(z, tf.sub(1, s)), 1)) as T;
}
