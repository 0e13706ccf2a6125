import type { Tensor2D } from '@tensorflow/tfjs-core';
import type { Tf } from '../../models/networks/types.js';

/** x · Φ(x), and Φ(x) = ½ (1 + erf(x / √2)). Source: Hendrycks & Gimpel 2016. */
export function gelu(tf: Tf, x: Tensor2D): { y: Tensor2D; share: Tensor2D } {
  const share = tf.mul(tf.add(tf.erf(tf.mul(x, Math.SQRT1_2)), 1), 0.5) as Tensor2D;
  return { y: tf.mul(x, share) as Tensor2D, share };
}

/** slope · (Φ(x) + x · φ(x)), φ the density of the normal distribution. */
export function geluBackward(tf: Tf, x: Tensor2D, share: Tensor2D, slope: Tensor2D): Tensor2D {
  const density = tf.mul(tf.exp(tf.mul(tf.square(x), -0.5)), 1 / Math.sqrt(2 * Math.PI));
  return tf.mul(slope, tf.add(share, tf.mul(x, density))) as Tensor2D;
}
