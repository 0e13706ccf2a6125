import type { Tensor, Tensor2D } from '@tensorflow/tfjs-core';
import { productsOf } from './products.js';
import type { Architecture, Tf } from './types.js';

/** SiLU: z·σ(z). relu has been applied with the sum before it (`dense`). */
export function activate<T extends Tensor>(tf: Tf, activation: Architecture['activation'], z: T): T {
  return activation === 'relu' ? z : (tf.mul(z, tf.sigmoid(z)) as T);
}

/** silu'(z) = σ(z)·(1 + z·(1 − σ(z))); relu'(z) = 1[z > 0], the same for z after its relu. */
export function activationSlope<T extends Tensor>(tf: Tf, activation: Architecture['activation'], z: T): T {
  if (activation === 'relu') return productsOf(tf).positive(z as unknown as Tensor2D) as unknown as T;
  const s = tf.sigmoid(z);
  return tf.mul(s, tf.add(tf.mul(z, tf.sub(1, s)), 1)) as T;
}
