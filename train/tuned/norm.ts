import type { Tensor, Tensor2D } from '@tensorflow/tfjs-core';
import { NORM_EPSILON } from '../../models/bert/bert.js';
import type { Tf } from '../../models/networks/types.js';

/** A normalised batch, and what its backward pass needs. */
export interface NormPass {
  y: Tensor2D;
  /** (x − mean) / √(variance + ε), and 1 / √(variance + ε). */
  unit: Tensor2D;
  inverse: Tensor2D;
}

/** Layer normalisation: (x − mean) / √(variance + ε) · scale + shift over the last axis. x: [n, h]. Source: Ba et al. 2016. */
export function norm(tf: Tf, x: Tensor2D, scale: Tensor, shift: Tensor): NormPass {
  const centred = tf.sub(x, tf.mean(x, 1, true));
  const variance = tf.mean(tf.square(centred), 1, true);
  const inverse = tf.rsqrt(tf.add(variance, NORM_EPSILON)) as Tensor2D; // [n, 1]
  const unit = tf.mul(centred, inverse) as Tensor2D; // [n, h]
  return { y: tf.add(tf.mul(unit, scale), shift) as Tensor2D, unit, inverse };
}

/** ∂loss/∂x [n, h], ∂loss/∂scale and ∂loss/∂shift [h] from `slope` = ∂loss/∂y [n, h]. */
export function normBackward(tf: Tf, { unit, inverse }: Omit<NormPass, 'y'>, scale: Tensor, slope: Tensor2D) {
  const own = tf.mul(slope, scale); // ∂loss/∂unit
  const along = tf.mul(unit, tf.mean(tf.mul(own, unit), 1, true));
  const x = tf.mul(inverse, tf.sub(tf.sub(own, tf.mean(own, 1, true)), along)) as Tensor2D;
  return { x, scale: tf.sum(tf.mul(slope, unit), 0), shift: tf.sum(slope, 0) };
}
