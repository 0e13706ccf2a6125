import type { Tensor2D } from '@tensorflow/tfjs-core';
import type { Member, Tf } from '../../../../models/networks/types.js';
import { type AdamW, type AdamWOptions, MOMENT, rateAt, SQUARE, TINY } from './rule.js';

/**
 * In plain code: the gradients come down and the new parameters go up. On WebAssembly that is two copies within one
 * memory, while its slices and element-wise operations, each with a result of its own, took two fifths of a step.
 */
export function adamWInMemory(
  tf: Tf,
  start: Member,
  shapes: [number, number][],
  { learningRate, decay, averaging }: AdamWOptions,
): AdamW {
  const state = start.map((values) => ({
    values: values.slice(),
    first: new Float32Array(values.length),
    second: new Float32Array(values.length),
    average: averaging === 0 ? null : values.slice(),
  }));
  // Each step needs tensors of its own: the backend keeps a packed copy of a factor as long as its tensor lives. They
  // are made as vectors, because its product with a bias looks at the shape that the numbers were written with. It copies
  // the numbers.
  const matrix = (values: Float32Array, k: number) => tf.reshape(tf.tensor1d(values), shapes[k]) as Tensor2D;
  let steps = 0;
  return {
    parameters: () => state.map(({ values }, k) => matrix(values, k)),
    average: () => state.map(({ values, average }, k) => matrix(average ?? values, k)),
    step: (gradients) => {
      const rate = rateAt(++steps, learningRate);
      const keep = 1 - learningRate * decay;
      state.forEach(({ values, first, second, average }, k) => {
        descend(values, gradients[k].dataSync(), first, second, { rate, keep });
        if (average !== null) follow(average, values, averaging);
      });
    },
    numbers: async () => state.map(({ values, average }) => (average ?? values).slice()),
    dispose: () => {},
  };
}

/** A function of its own with its constants inside: within a closure, V8 takes three times as long. */
function descend(
  values: Float32Array,
  gradient: ArrayLike<number>,
  first: Float32Array,
  second: Float32Array,
  { rate, keep }: { rate: number; keep: number },
): void {
  const [moment, square, tiny] = [MOMENT, SQUARE, TINY];
  for (let i = 0; i < values.length; i++) {
    const g = gradient[i];
    const m = moment * first[i] + (1 - moment) * g;
    const v = square * second[i] + (1 - square) * g * g;
    first[i] = m;
    second[i] = v;
    values[i] = keep * values[i] - (rate * m) / (Math.sqrt(v) + tiny);
  }
}

function follow(average: Float32Array, values: Float32Array, averaging: number): void {
  for (let i = 0; i < values.length; i++) average[i] = averaging * average[i] + (1 - averaging) * values[i];
}
