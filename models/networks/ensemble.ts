import type { Tensor2D, Tensor3D } from '@tensorflow/tfjs-core';
import { silu, siluSlope } from './activation.js';
import { productsOf } from './products.js';
import type { Architecture, BackwardOptions, Masks, Member, Network, Pass, Tf } from './types.js';

/**
 * A parameter-efficient ensemble: k members share every W and the skip. Member m has its own adapter s_m, bias b_m and
 * head, a_m = act((h_m·W) ∘ s_m + b_m). They are trained together as k models, and their logits are averaged. The
 * rank-one adapter is on the output side of W, so that the widest product, that of the inputs, is computed once for all
 * members. Source: Gorishniy et al. 2024 (TabM), sec. 3, after Wen et al. 2020 (BatchEnsemble), eq. 1.
 */
export function forwardEnsemble(tf: Tf, a: Architecture, parameters: Tensor2D[], x: Tensor2D, masks: Masks): Pass {
  const { layers, k, adapters } = placesOf(a);
  const b = x.shape[0];
  const inputs: Tensor2D[] = [x];
  const before: Tensor2D[] = [];
  let h = x;
  for (let l = 0; l < layers; l++) {
    const next = a.hidden[l];
    const z = tf.matMul(h, parameters[2 * l]) as Tensor2D; // [b, h_0], then [k·b, h_l]
    const each = tf.reshape(z, [l === 0 ? 1 : k, b, next]);
    const s = tf.reshape(parameters[adapters + l], [k, 1, next]);
    const bias = tf.reshape(parameters[2 * l + 1], [k, 1, next]);
    const sum = tf.add(tf.mul(each, s), bias) as Tensor3D; // [k, b, h_l]
    const flat = tf.reshape(sum, [k * b, next]) as Tensor2D;
    h = silu(tf, flat); // [k·b, h_l]
    const mask = masks[l];
    if (mask != null) h = tf.mul(h, mask) as Tensor2D;
    before.push(z, flat);
    inputs.push(h);
  }
  const width = a.hidden[layers - 1];
  const heads = tf.reshape(parameters[2 * layers], [k, width, 1]);
  const out = tf.reshape(tf.matMul(tf.reshape(h, [k, b, width]) as Tensor3D, heads as Tensor3D), [k, b]) as Tensor2D;
  let shared = parameters[2 * layers + 1]; // [1, 1]
  if (a.skip) shared = tf.add(tf.matMul(x, parameters[2 * layers + 2]), shared) as Tensor2D; // [b, 1]
  return { logit: tf.add(tf.transpose(out), shared) as Tensor2D, inputs, before }; // [b, k]
}

/** Gradients in the order of the parameters; `slope` [b, k]. */
export function backwardEnsemble({
  tf,
  architecture: a,
  parameters,
  pass: { inputs, before },
  masks,
  slope,
}: BackwardOptions): Tensor2D[] {
  const { inner, outer } = productsOf(tf);
  const { layers, k, adapters } = placesOf(a);
  const b = slope.shape[0];
  const gradients: Tensor2D[] = new Array(parameters.length);
  const ones = tf.ones([k, 1, b]);
  const overRows = (t: Tensor3D, h: number) => tf.reshape(tf.matMul(ones, t), [k, h]) as Tensor2D; // [k, b, h] → [k, h]
  const last = a.hidden[layers - 1];
  const each = tf.reshape(tf.transpose(slope), [k, b, 1]) as Tensor3D;
  gradients[2 * layers] = overRows(tf.mul(tf.reshape(inputs[layers], [k, b, last]), each), last);
  const summed = tf.matMul(slope, tf.ones([k, 1])) as Tensor2D; // [b, 1]
  gradients[2 * layers + 1] = tf.reshape(tf.sum(summed), [1, 1]) as Tensor2D;
  if (a.skip) gradients[2 * layers + 2] = inner(inputs[0], summed); // [d, 1]
  let down = tf.reshape(tf.mul(each, tf.reshape(parameters[2 * layers], [k, 1, last])), [k * b, last]) as Tensor2D;
  for (let l = layers - 1; l >= 0; l--) {
    const h = a.hidden[l];
    const mask = masks[l];
    if (mask != null) down = tf.mul(down, mask) as Tensor2D;
    down = tf.mul(down, siluSlope(tf, before[2 * l + 1])) as Tensor2D; // [k·b, h_l]
    const cube = tf.reshape(down, [k, b, h]) as Tensor3D;
    const product = tf.reshape(before[2 * l], [l === 0 ? 1 : k, b, h]);
    gradients[2 * l + 1] = overRows(cube, h);
    gradients[adapters + l] = overRows(tf.mul(cube, product), h);
    const adapted = tf.mul(cube, tf.reshape(parameters[adapters + l], [k, 1, h])) as Tensor3D;
    if (l === 0) {
      const all = tf.matMul(tf.ones([1, k]), tf.reshape(adapted, [k, b * h]) as Tensor2D);
      gradients[0] = inner(inputs[0], tf.reshape(all, [b, h]) as Tensor2D); // [d, h_0]
    } else {
      const flat = tf.reshape(adapted, [k * b, h]) as Tensor2D;
      gradients[2 * l] = inner(inputs[l], flat); // [h_{l-1}, h_l]
      down = outer(flat, parameters[2 * l]); // [k·b, h_{l-1}]
    }
  }
  return gradients;
}

/**
 * The same network as separate plain members, each with its adapters multiplied into its weights. Networks that are not
 * ensembles are returned unchanged.
 */
export function unfolded(network: Network): Network {
  const { ensemble, ...architecture } = network.architecture;
  if (ensemble === undefined) return network;
  const members = network.members.flatMap((member) =>
    Array.from({ length: ensemble }, (_, m) => memberOf(network.architecture, member, m)),
  );
  return { architecture, members };
}

function memberOf(a: Architecture, shared: Member, m: number): Member {
  const { layers, adapters } = placesOf(a);
  const row = (k: number, h: number) => shared[k].slice(m * h, m * h + h);
  const own: Member = [];
  a.hidden.forEach((h, l) => {
    const s = row(adapters + l, h);
    own.push(
      shared[2 * l].map((weight, i) => weight * s[i % h]),
      row(2 * l + 1, h),
    );
  });
  own.push(row(2 * layers, a.hidden[layers - 1]), shared[2 * layers + 1]);
  if (a.skip) own.push(shared[2 * layers + 2]);
  return own;
}

function placesOf({ hidden, skip, ensemble }: Architecture) {
  if (ensemble === undefined || hidden.length === 0)
    throw new RangeError('an ensemble needs members and a hidden layer');
  const layers = hidden.length;
  return { layers, k: ensemble, adapters: 2 * layers + (skip ? 3 : 2) };
}
