import type { Tensor, Tensor1D, Tensor2D, Tensor3D } from '@tensorflow/tfjs-core';
import { productsOf } from '../../models/networks/products.js';
import type { Tf } from '../../models/networks/types.js';

/** The inputs of the head, [b, 2 · hidden]: the mean of the first and of the second text. */
export function pooled(tf: Tf, x: Tensor3D, shares: Tensor3D): Tensor2D {
  const [b, , hidden] = x.shape;
  return tf.reshape(tf.matMul(shares, x), [b, 2 * hidden]) as Tensor2D;
}

/** Logits [b] from the inputs of the head. */
export function headLogits(tf: Tf, inputs: Tensor2D, weights: Tensor, bias: Tensor): Tensor1D {
  return tf.reshape(tf.add(tf.matMul(inputs, weights as Tensor2D), bias), [-1]) as Tensor1D;
}

interface HeadBackward {
  inputs: Tensor2D;
  weights: Tensor;
  shares: Tensor3D;
  /** ∂loss/∂logit, [b, 1]. */
  slope: Tensor2D;
}

/** ∂loss/∂x [b, t, hidden], and those of the head's weights and bias. */
export function headBackward(tf: Tf, { inputs, weights, shares, slope }: HeadBackward) {
  const { inner, outer } = productsOf(tf);
  const [b, width] = inputs.shape;
  const toMeans = tf.reshape(outer(slope, weights as Tensor2D), [b, 2, width / 2]) as Tensor3D;
  const x = tf.matMul(tf.transpose(shares, [0, 2, 1]), toMeans) as Tensor3D;
  return { x, weights: inner(inputs, slope), bias: tf.sum(slope, 0) as Tensor1D };
}
