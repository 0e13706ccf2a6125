import type { Tensor, Tensor3D } from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { LAYER_PARTS, layerShape } from '../../../models/bert/bert.js';
import { random } from '../../../support/random.js';
import { openBackend } from '../../../train/backend/ladder.js';
import { layerBackward, layerForward, layerTensors } from '../../../train/tuned/layer.js';
import { tinyBert } from '../../models/bert/tiny-bert.js';

const { tf } = await openBackend('cpu');
const bert = tinyBert(1);
const [layer] = bert.layers;
const draw = random(3);
const normal = (length: number) => Float32Array.from({ length }, () => draw.normal());
const x = normal(2 * 5 * 8);
const weights = normal(2 * 5 * 8); // the loss is Σ weights · y
const masked = tf.tensor4d([0, 0, 0, 0, 0, 0, 0, 0, -1e9, -1e9], [2, 1, 1, 5]);

/** The loss with one array replaced. */
function lossOf(part: string, values: Float32Array): number {
  return tf.tidy(() => {
    const own = layerTensors(tf, bert, part === 'x' ? layer : { ...layer, [part]: values });
    const { y } = layerForward(tf, bert, own, tf.tensor3d(part === 'x' ? values : x, [2, 5, 8]), masked);
    return Float32Array.from(y.dataSync()).reduce((sum, each, i) => sum + each * weights[i], 0);
  });
}

describe('layerBackward', () => {
  const own = layerTensors(tf, bert, layer);
  const pass = layerForward(tf, bert, own, tf.tensor3d(x, [2, 5, 8]), masked);
  const back = layerBackward(tf, own, pass, tf.tensor3d(weights, [2, 5, 8]) as Tensor3D);
  const slopes: Record<string, Tensor> = { x: back.x, ...back.parts };

  it.each(['x', ...LAYER_PARTS])('gives the slope of the loss along %s, as central differences do', (part) => {
    const { shape } = slopes[part];
    const values = Float32Array.from(slopes[part].dataSync());
    expect(shape).toEqual(part === 'x' ? [2, 5, 8] : layerShape(part as (typeof LAYER_PARTS)[number], bert));
    const from = part === 'x' ? x : layer[part as (typeof LAYER_PARTS)[number]];
    for (let trial = 0; trial < 3; trial++) {
      const along = normal(from.length);
      const moved = (step: number) =>
        lossOf(
          part,
          from.map((each, i) => each + step * along[i]),
        );
      const measured = (moved(1e-2) - moved(-1e-2)) / 2e-2;
      const told = values.reduce((sum, each, i) => sum + each * along[i], 0);
      expect(Math.abs(told - measured)).toBeLessThan(0.02 * Math.max(1, Math.abs(measured)));
    }
  });
});
