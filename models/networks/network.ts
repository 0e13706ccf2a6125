import type * as tfjs from '@tensorflow/tfjs-core';
import type { Tensor2D } from '@tensorflow/tfjs-core';
import type { Random } from '../../support/random.js';
import type { LayoutNetwork } from '../layout.js';
import type { Graph } from '../onnx/graph.js';
import { productsOf } from './products.js';

/** tfjs as a value: the training rooms pass it down, so that this room imports its types only. */
export type Tf = typeof tfjs;

/**
 * A multi-layer perceptron with one logit out; with no hidden layer it is logistic regression. `skip` adds a linear path
 * from the input to the logit, so that the layers only learn what a linear model cannot say.
 */
export interface Architecture {
  inputs: number;
  hidden: number[];
  activation: 'silu' | 'relu';
  skip: boolean;
}

/** One trained member: the parameters in the order of `parameterShapes`, plain numbers. */
export type Member = Float32Array[];

/** A trained network as the bundle's graph is made from: members of one architecture whose logits are averaged. */
export interface Network {
  architecture: Architecture;
  members: Member[];
}

/** Shapes in order: W and b of each hidden layer, then the head's w and b, then the skip's w where there is one. */
export function parameterShapes({ inputs, hidden, skip }: Architecture): [number, number][] {
  const shapes: [number, number][] = [];
  let width = inputs;
  for (const next of hidden) {
    shapes.push([width, next], [1, next]);
    width = next;
  }
  shapes.push([width, 1], [1, 1]);
  if (skip && hidden.length > 0) shapes.push([inputs, 1]);
  return shapes;
}

/** Weights N(0, 1/fan-in), biases and linear paths 0, the head's bias at the base rate's logit. */
export function initMember(architecture: Architecture, baseLogit: number, random: Random): Member {
  const shapes = parameterShapes(architecture);
  const hidden = architecture.hidden.length;
  return shapes.map(([rows, columns], k) => {
    const values = new Float32Array(rows * columns);
    if (k === 2 * hidden + 1) values[0] = baseLogit;
    else if (hidden > 0 && k <= 2 * hidden && k % 2 === 0) {
      const deviation = 1 / Math.sqrt(rows);
      for (let i = 0; i < values.length; i++) values[i] = random.normal() * deviation;
    }
    return values;
  });
}

/** Dropout masks per hidden layer, already divided by the keeping share; null where nothing is dropped. */
export type Masks = (Tensor2D | null)[];

/** What the backward pass reads again from the forward pass. */
export interface Pass {
  logit: Tensor2D;
  inputs: Tensor2D[];
  before: Tensor2D[];
}

/** x [b, d] → logit [b, 1]. */
export function forward(tf: Tf, architecture: Architecture, parameters: Tensor2D[], x: Tensor2D, masks: Masks): Pass {
  const { dense } = productsOf(tf);
  const layers = architecture.hidden.length;
  const inputs: Tensor2D[] = [x];
  const before: Tensor2D[] = [];
  let h = x;
  for (let l = 0; l < layers; l++) {
    const z = dense(h, parameters[2 * l], parameters[2 * l + 1], architecture.activation === 'relu'); // [b, h_l]
    h = architecture.activation === 'relu' ? z : tf.mul(z, tf.sigmoid(z));
    const mask = masks[l];
    if (mask != null) h = tf.mul(h, mask) as Tensor2D;
    before.push(z);
    inputs.push(h);
  }
  let logit = dense(h, parameters[2 * layers], parameters[2 * layers + 1], false); // [b, 1]
  if (parameters.length > 2 * layers + 2) logit = tf.add(logit, tf.matMul(x, parameters[2 * layers + 2])) as Tensor2D;
  return { logit, inputs, before };
}

/** Gradients of the loss as an explicit list in the order of the parameters; `slope` [b, 1] is ∂loss/∂logit. */
export function backward(
  tf: Tf,
  architecture: Architecture,
  parameters: Tensor2D[],
  { inputs, before }: Pass,
  masks: Masks,
  slope: Tensor2D,
): Tensor2D[] {
  const { inner, outer, columnSums } = productsOf(tf);
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
    down = tf.mul(down, activationSlope(tf, architecture, before[l])) as Tensor2D;
    gradients[2 * l] = inner(inputs[l], down); // [d_l, h_l]
    gradients[2 * l + 1] = columnSums(down); // [1, h_l]
  }
  return gradients;
}

/** silu'(z) = σ(z)·(1 + z·(1 − σ(z))); relu'(z) = 1[z > 0], the same for z after its relu. */
function activationSlope(tf: Tf, { activation }: Architecture, z: Tensor2D): Tensor2D {
  if (activation === 'relu') return productsOf(tf).positive(z);
  const s = tf.sigmoid(z);
  return tf.mul(s, tf.add(tf.mul(z, tf.sub(1, s)), 1)) as Tensor2D;
}

/**
 * Emits networks for x [n, d], to be times `gains`, → the mean of their logits [n]. The members of one run as a batched
 * product; all straight paths and biases, of every member and network, are averaged exactly into one vector, because in a
 * graph of this size a node costs more than its arithmetic.
 */
export function emitNetworks(graph: Graph, networks: Network[], x: string, gains: Float64Array): EmittedNetworks {
  const linear = new Float64Array(gains.length);
  let bias = 0;
  for (const { architecture, members } of networks) {
    const share = 1 / (networks.length * members.length);
    const head = 2 * architecture.hidden.length;
    for (const member of members) {
      bias += share * member[head + 1][0];
      const path = architecture.hidden.length === 0 ? member[0] : member[head + 2];
      path?.forEach((weight, j) => {
        linear[j] += share * weight * gains[j];
      });
    }
  }
  const weights = graph.floats(linear, [gains.length], 'linear');
  let logit = graph.op('Add', [graph.op('MatMul', [x, weights]), graph.scalar(bias)]); // [n]
  const layers: LayoutNetwork[] = [];
  for (const network of networks) {
    if (network.architecture.hidden.length === 0) continue;
    const { sum, layout } = emitLayers(graph, network, x, gains, networks.length);
    logit = graph.op('Add', [logit, sum]);
    layers.push(layout);
  }
  return { logit, linear: weights, bias, networks: layers };
}

/** The mean logit [n] and the names of the constants that made it. */
export interface EmittedNetworks {
  logit: string;
  linear: string;
  bias: number;
  networks: LayoutNetwork[];
}

/** What the layers of a network add to the mean logit of `count` networks: [n]. */
function emitLayers(graph: Graph, network: Network, x: string, gains: Float64Array, count: number) {
  const { architecture, members } = network;
  const { hidden, activation } = architecture;
  const m = members.length;
  const weights: string[] = [];
  const biases: string[] = [];
  let h = x;
  let width = architecture.inputs;
  hidden.forEach((next, l) => {
    const raw = stacked(members, 2 * l);
    const gained = l > 0 ? raw : raw.map((weight, i) => weight * gains[Math.floor(i / next) % width]);
    weights.push(graph.floats(gained, [m, width, next], 'weights'));
    biases.push(graph.floats(stacked(members, 2 * l + 1), [m, 1, next], 'biases'));
    h = emitActivation(graph, architecture, graph.op('Add', [graph.op('MatMul', [h, weights[l]]), biases[l]])); // [m, n, h_l]
    width = next;
  });
  const shares = stacked(members, 2 * hidden.length).map((weight) => weight / (m * count));
  const heads = graph.floats(shares, [m, width, 1], 'heads');
  const each = graph.op('MatMul', [h, heads]); // [m, n, 1]
  const sum = graph.op('ReduceSum', [each, graph.ints([0, 2], [2])], { keepdims: 0 }); // [n]
  return { sum, layout: { members: m, hidden, activation, weights, biases, heads } };
}

function emitActivation(graph: Graph, { activation }: Architecture, z: string): string {
  return activation === 'relu' ? graph.op('Relu', [z]) : graph.op('Mul', [z, graph.op('Sigmoid', [z])]);
}

function stacked(members: Member[], k: number): Float32Array {
  const size = members[0][k].length;
  const all = new Float32Array(size * members.length);
  members.forEach((member, i) => {
    all.set(member[k], i * size);
  });
  return all;
}
