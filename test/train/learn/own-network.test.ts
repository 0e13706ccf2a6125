import type { Tensor2D } from '@tensorflow/tfjs-core';
import { expect, it } from 'vitest';
import { forward, parameterShapes } from '../../../models/networks/network.js';
import { random } from '../../../support/random.js';
import { defineLearner, learnedNetwork, logitsOfLearned } from '../../../train/learn/define-learner.js';
import { tf } from '../../support/tf-cpu.js';

const rows = (x: Float32Array, width: number) => {
  const n = x.length / width;
  const y = new Float64Array(n);
  return { x, n, width, y, w: y, group: new Int32Array(n), inputs: [], random: () => 0.5 };
};

it('a linear model by hand: 0.5 + 2·3 − 1·4', () => {
  const plugin = defineLearner({ name: 'a', version: 1, fit: () => ({ weights: [2, -1], intercept: 0.5 }) });
  const x = Float32Array.of(3, 4);
  expect([...logitsOfLearned(learnedNetwork(plugin, rows(x, 2)), x)]).toEqual([2.5]);
});

it('layers give the logits that tfjs computes from the same network', () => {
  const draw = random('own network');
  const numbers = (n: number) => Float64Array.from({ length: n }, () => draw.normal());
  const layers = [
    { weights: numbers(5 * 4), biases: numbers(4) },
    { weights: numbers(4 * 3), biases: numbers(3) },
  ];
  const fit = () => ({ weights: numbers(5), intercept: 0.3, layers, head: numbers(3) });
  const x = Float32Array.from(numbers(7 * 5));
  const network = learnedNetwork(defineLearner({ name: 'a', version: 1, fit }), rows(x, 5));
  const { architecture, members } = network;
  const parameters = parameterShapes(architecture).map((shape, k) => tf.tensor2d(members[0][k], shape) as Tensor2D);
  expect(members[0]).toHaveLength(parameters.length);
  const { logit } = forward(tf, architecture, parameters, tf.tensor2d(x, [7, 5]), []);
  logitsOfLearned(network, x).forEach((z, i) => {
    expect(z).toBeCloseTo(logit.dataSync()[i], 4);
  });
});
