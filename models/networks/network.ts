import type { Tensor2D } from '@tensorflow/tfjs-core';
import type { Random } from '../../support/random.js';
import { activations } from './activation.js';
import { backwardEnsemble, forwardEnsemble } from './ensemble.js';
import { productsOf } from './products.js';
import type { Architecture, BackwardOptions, Masks, Member, Pass, Tf } from './types.js';

/**
 * Shapes in order: W and b of each hidden layer; the head's w and b; the skip's w, if there is one; the adapters of an
 * ensemble, one per layer. An ensemble of k has k rows in each b, in each adapter and in the head's w.
 */
export function parameterShapes(architecture: Architecture): [number, number][] {
  const { inputs, hidden, skip, ensemble } = architecture;
  const shapes: [number, number][] = [];
  let width = inputs;
  for (const next of hidden) {
    shapes.push([width, next], [ensemble ?? 1, next]);
    width = next;
  }
  shapes.push(ensemble === undefined ? [width, 1] : [ensemble, width], [1, 1]);
  if (skip && hidden.length > 0) shapes.push([inputs, 1]);
  if (ensemble !== undefined) for (const next of hidden) shapes.push([ensemble, next]);
  return shapes;
}

/**
 * Initial parameters: weights N(0, 1/fan-in), or N(0, 2/fan-in) for ReLU, biases and linear paths 0, the head's bias
 * the logit of the base rate. The first adapter of an ensemble is ±1 at random, which makes its members differ; the
 * others are 1. Source: Gorishniy et al. 2024, sec. 3.3; He et al. 2015, sec. 2.2, for ReLU.
 */
export function initMember(architecture: Architecture, baseLogit: number, random: Random): Member {
  const hidden = architecture.hidden.length;
  const adapters = 2 * hidden + (architecture.skip && hidden > 0 ? 3 : 2);
  return parameterShapes(architecture).map(([rows, columns], k) => {
    const values = new Float32Array(rows * columns);
    if (k === 2 * hidden + 1) values[0] = baseLogit;
    else if (k < 2 * hidden && k % 2 === 0) {
      const deviation = Math.sqrt((architecture.activation === 'relu' ? 2 : 1) / rows);
      for (let i = 0; i < values.length; i++) values[i] = random.normal() * deviation;
    } else if (k === adapters) for (let i = 0; i < values.length; i++) values[i] = random.next() < 0.5 ? -1 : 1;
    else if (k > adapters) values.fill(1);
    return values;
  });
}

/** x [b, inputs] → logit [b, 1], of an ensemble [b, k]. */
export function forward(tf: Tf, architecture: Architecture, parameters: Tensor2D[], x: Tensor2D, masks: Masks): Pass {
  if (architecture.ensemble !== undefined) return forwardEnsemble(tf, architecture, parameters, x, masks);
  const { dense } = productsOf(tf);
  const activation = activations[architecture.activation ?? 'silu'];
  const layers = architecture.hidden.length;
  const inputs: Tensor2D[] = [x];
  const before: Tensor2D[] = [];
  let h = x;
  for (let l = 0; l < layers; l++) {
    const z = dense(h, parameters[2 * l], parameters[2 * l + 1]); // [b, h_l]
    h = activation.of(tf, z);
    const mask = masks[l];
    if (mask != null) h = tf.mul(h, mask) as Tensor2D;
    before.push(z);
    inputs.push(h);
  }
  let logit = dense(h, parameters[2 * layers], parameters[2 * layers + 1]); // [b, 1]
  if (parameters.length > 2 * layers + 2) logit = tf.add(logit, tf.matMul(x, parameters[2 * layers + 2])) as Tensor2D;
  return { logit, inputs, before };
}

/**
 * Gradients of the loss as an explicit list in the order of the parameters. `slope` has the shape of the logit and is
 * ∂loss/∂logit.
 */
export function backward({ tf, architecture, parameters, pass, masks, slope }: BackwardOptions): Tensor2D[] {
  if (architecture.ensemble !== undefined)
    return backwardEnsemble({ tf, architecture, parameters, pass, masks, slope });
  const { inputs, before } = pass;
  const { inner, outer, columnSums } = productsOf(tf);
  const activation = activations[architecture.activation ?? 'silu'];
  const layers = architecture.hidden.length;
  const gradients: Tensor2D[] = new Array(parameters.length);
  gradients[2 * layers] = inner(inputs[layers], slope); // [h, 1]
  gradients[2 * layers + 1] = columnSums(slope); // [1, 1]
  if (parameters.length > 2 * layers + 2) gradients[2 * layers + 2] = inner(inputs[0], slope); // [d, 1]
  let down = slope;
  for (let l = layers - 1; l >= 0; l--) {
    down = outer(down, parameters[2 * l + 2]); // [b, h_l]
    const mask = masks[l];
    if (mask != null) down = tf.mul(down, mask) as Tensor2D;
    down = tf.mul(down, activation.slope(tf, before[l])) as Tensor2D;
    gradients[2 * l] = inner(inputs[l], down); // [d_l, h_l]
    gradients[2 * l + 1] = columnSums(down); // [1, h_l]
  }
  return gradients;
}
