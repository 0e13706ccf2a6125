import type { Tensor } from '@tensorflow/tfjs-core';
import type { Activation, Tf } from './types.js';

/** The activation of a hidden layer, and its derivative. */
interface Activated {
  of<T extends Tensor>(tf: Tf, z: T): T;
  slope<T extends Tensor>(tf: Tf, z: T): T;
}

/** SiLU: z·σ(z). */
export function silu<T extends Tensor>(tf: Tf, z: T): T {
  return tf.mul(z, tf.sigmoid(z)) as T;
}

/** silu'(z) = σ(z)·(1 + z·(1 − σ(z))). */
export function siluSlope<T extends Tensor>(tf: Tf, z: T): T {
  const s = tf.sigmoid(z);
  return tf.mul(s, tf.add(tf.mul(z, tf.sub(1, s)), 1)) as T;
}

/** ReLU: max(0, z); its derivative at 0 counts as 0. On libtensorflow, `step` is five operations. */
const relu: Activated = {
  of: (tf, z) => tf.relu(z),
  slope: (tf, z) => (tf.getBackend() === 'tensorflow' ? tf.cast(tf.greater(z, 0), 'float32') : tf.step(z)),
};

/** All activations by name. */
export const activations: Record<Activation, Activated> = { silu: { of: silu, slope: siluSlope }, relu };
