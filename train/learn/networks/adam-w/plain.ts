import type { Tensor1D } from '@tensorflow/tfjs-core';
import type { Member, Tf } from '../../../../models/networks/types.js';
import { flatten, joined, split, unflatten } from '../parameters.js';
import { type AdamW, type AdamWOptions, MOMENT, rateAt, SQUARE, TINY } from './rule.js';

/** In tfjs operations, on all parameters as one vector, so that a step takes only some twenty of them. */
export function plainAdamW(
  tf: Tf,
  start: Member,
  shapes: [number, number][],
  { learningRate, decay, averaging }: AdamWOptions,
): AdamW {
  let state = tf.tidy(() => {
    const flat = tf.tensor1d(flatten(start)); // [p]
    return { flat, first: tf.zerosLike(flat), second: tf.zerosLike(flat), average: tf.clone(flat) }; // θ, m, v, θ̄
  });
  let steps = 0;
  return {
    parameters: () => split(tf, state.flat, shapes),
    average: () => split(tf, state.average, shapes),
    step: (gradients) => {
      const next = tf.tidy(() => {
        const g = joined(tf, gradients);
        const first = tf.add(tf.mul(state.first, MOMENT), tf.mul(g, 1 - MOMENT)) as Tensor1D;
        const second = tf.add(tf.mul(state.second, SQUARE), tf.mul(tf.square(g), 1 - SQUARE)) as Tensor1D;
        const rate = rateAt(++steps, learningRate);
        const update = tf.div(tf.mul(first, rate), tf.add(tf.sqrt(second), TINY));
        const flat = tf.sub(tf.mul(state.flat, 1 - learningRate * decay), update) as Tensor1D;
        if (averaging === 0) return { flat, first, second, average: tf.clone(flat) };
        const average = tf.add(tf.mul(state.average, averaging), tf.mul(flat, 1 - averaging)) as Tensor1D;
        return { flat, first, second, average };
      });
      tf.dispose(state);
      for (const tensor of Object.values(next)) tf.keep(tensor);
      state = next;
    },
    numbers: async () => unflatten((await state.average.data()) as Float32Array, shapes),
    dispose: () => tf.dispose(state),
  };
}
