import type { Tensor2D } from '@tensorflow/tfjs-core';
import type { Tf } from './types.js';

/**
 * Matrix products in the form each backend is quick at, measured by bench/backend-ops.ts. WebAssembly multiplies with
 * transpose flags on a slow path (8 to 12 times) and gains from fusing the bias; libtensorflow is the other way round,
 * and each call costs it more, so it takes flags and plain sums.
 */
interface Products {
  /** x·W + b: [n, d]·[d, h] + [1, h]. */
  dense(x: Tensor2D, w: Tensor2D, bias: Tensor2D): Tensor2D;
  /** aᵀ·b: [n, d]ᵀ·[n, h] = [d, h]. */
  inner(a: Tensor2D, b: Tensor2D): Tensor2D;
  /** a·bᵀ: [n, h]·[d, h]ᵀ = [n, d]. */
  outer(a: Tensor2D, b: Tensor2D): Tensor2D;
  /** Sums over rows: [n, h] → [1, h]. */
  columnSums(a: Tensor2D): Tensor2D;
}

export function productsOf(tf: Tf): Products {
  return tf.getBackend() === 'tensorflow' ? withFlags(tf) : withTransposes(tf);
}

function withFlags(tf: Tf): Products {
  return {
    dense: (x, w, bias) => tf.add(tf.matMul(x, w), bias) as Tensor2D,
    inner: (a, b) => tf.matMul(a, b, true, false),
    outer: (a, b) => tf.matMul(a, b, false, true),
    columnSums: (a) => tf.sum(a, 0, true),
  };
}

function withTransposes(tf: Tf): Products {
  const known = new Map<Tensor2D, Tensor2D>();
  const transposed = (a: Tensor2D) => {
    let at = known.get(a);
    if (at === undefined) known.set(a, (at = tf.transpose(a)));
    return at;
  };
  return {
    dense: (a, b, bias) => {
      // The kernel wants a bias of rank 1, also of the data behind it: parameters are sliced from a vector.
      const flat = tf.reshape(bias, [-1]);
      return tf.fused.matMul({ a, b, bias: flat, activation: 'linear' }) as Tensor2D;
    },
    inner: (a, b) => tf.matMul(transposed(a), b),
    outer: (a, b) => tf.matMul(a, transposed(b)),
    columnSums: (a) => tf.matMul(tf.ones([1, a.shape[0]]), a),
  };
}
