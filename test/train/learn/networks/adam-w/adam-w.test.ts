import type { Tensor2D } from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import type { Tf } from '../../../../../models/networks/types.js';
import { random } from '../../../../../support/random.js';
import { openBackend } from '../../../../../train/backend/ladder.js';
import { setupVariable } from '../../../../../train/backend/peer.js';
import { adamW } from '../../../../../train/learn/networks/adam-w/adam-w.js';
import { hasResources } from '../../../../../train/learn/networks/adam-w/resources.js';

const shapes: [number, number][] = [
  [3, 4],
  [1, 4],
  [4, 1],
];
const STEPS = 20;
const draw = random('adam');
const start = shapes.map(([rows, columns]) => Float32Array.from({ length: rows * columns }, () => draw.normal()));
const gradients = Array.from({ length: STEPS }, () => start.map((part) => part.map(() => draw.normal())));

/** Algorithm 2 of Loshchilov & Hutter 2019 as it is printed, with m̂ and v̂, one number at a time. */
function printed(rate: number, decay: number, averaging: number): number[] {
  return start.flatMap((part, k) =>
    Array.from(part, (begin, i) => {
      let [theta, m, v, average] = [begin, 0, 0, begin];
      for (let t = 1; t <= STEPS; t++) {
        const g = gradients[t - 1][k][i];
        m = 0.9 * m + 0.1 * g;
        v = 0.999 * v + 0.001 * g ** 2;
        const [mHat, vHat] = [m / (1 - 0.9 ** t), v / (1 - 0.999 ** t)];
        theta -= (rate * mHat) / (Math.sqrt(vHat) + 1e-8) + rate * decay * theta;
        average = averaging * average + (1 - averaging) * theta;
      }
      return average;
    }),
  );
}

async function ours(tf: Tf, learningRate: number, decay: number, averaging: number) {
  const before = tf.memory().numTensors;
  const optimiser = adamW(tf, start, shapes, { learningRate, decay, averaging });
  let most = 0;
  for (const step of gradients) {
    tf.tidy(() => optimiser.step(step.map((part, k) => tf.tensor2d(part, shapes[k]) as Tensor2D)));
    most = Math.max(most, tf.memory().numTensors);
  }
  const seen = tf.tidy(() => optimiser.average().flatMap((part) => Array.from(part.dataSync())));
  const now = tf.tidy(() => optimiser.parameters().map(({ shape }) => shape));
  const numbers = (await optimiser.numbers()).flatMap((part) => Array.from(part));
  optimiser.dispose();
  expect(tf.memory().numTensors).toBe(before);
  expect(now).toEqual(shapes);
  expect(seen).toEqual(numbers);
  expect(most - before).toBeLessThan(20);
  return numbers;
}

const native = process.env[setupVariable] ? (['libtensorflow'] as const) : [];

describe.each(['cpu', 'wasm', ...native] as const)('AdamW on %s', (backend) => {
  it.each([
    [0, 0],
    [0.1, 0],
    [0, 0.9],
    [0.1, 0.95],
  ])('is algorithm 2 with decay %d and a running average that keeps %d', async (decay, averaging) => {
    const { tf } = await openBackend(backend);
    expect(hasResources(tf)).toBe(backend === 'libtensorflow');
    const reached = await ours(tf, 0.01, decay, averaging);
    const wanted = printed(0.01, decay, averaging);
    for (const [i, value] of wanted.entries()) expect(Math.abs(reached[i] - value)).toBeLessThan(1e-5);
  });
});
