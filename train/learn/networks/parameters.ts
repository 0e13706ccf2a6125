import type { Tensor1D, Tensor2D } from '@tensorflow/tfjs-core';
import type { Member, Tf } from '../../../models/networks/types.js';

/** Splits one flat vector [p] into matrices of the given shapes. */
export function split(tf: Tf, flat: Tensor1D, shapes: [number, number][]): Tensor2D[] {
  let at = 0;
  return shapes.map(([rows, columns]) => {
    const part = tf.reshape(tf.slice1d(flat, at, rows * columns), [rows, columns]) as Tensor2D;
    at += rows * columns;
    return part;
  });
}

/** The reverse of `split`. */
export function joined(tf: Tf, parts: Tensor2D[]): Tensor1D {
  return tf.concat1d(parts.map((part) => tf.reshape(part, [-1]) as Tensor1D));
}

/** All parameters in one vector, one after the other. */
export function flatten(member: Member): Float32Array {
  const all = new Float32Array(member.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of member) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

/** The reverse of `flatten`. */
export function unflatten(flat: Float32Array, shapes: [number, number][]): Member {
  let at = 0;
  return shapes.map(([rows, columns]) => {
    const part = flat.slice(at, at + rows * columns);
    at += rows * columns;
    return part;
  });
}
