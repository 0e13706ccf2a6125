import type { LayoutNetwork } from '../../models/layout.js';
import type { ReadModel } from '../../models/onnx/read.js';
import { multiplier, silu } from './activation.js';
import { addRows, dotRows } from './products.js';

/**
 * The inputs of a row that differ from the reference: their places in the encoded row, ascending, and the differences.
 * Only the first `count` elements of each array are used.
 */
export interface Changes {
  places: Int32Array;
  by: Float64Array;
  count: number;
}

interface NetworkReasons {
  /** Logit at the reference. */
  base: number;
  /** Adds each change's share of the logit to `into` [like places]; they sum up to logit − base. */
  add(changes: Changes, into: Float64Array): void;
}

interface Layer {
  /** Width of one member's part before and after the layer. */
  from: number;
  to: number;
  /** First layer: [inputs, members·to]; further ones: [members, from, to]. */
  weights: Float64Array;
  /** 0 … from − 1. */
  rows: Int32Array;
  /**
   * Values before and after the activation at the reference, then those of the row, then how much of a change is passed
   * on; [members·to] each.
   */
  z0: Float64Array;
  f0: Float64Array;
  dz: Float64Array;
  df: Float64Array;
  down: Float64Array;
  /** Buffer for one member's multipliers of the layer's inputs. */
  passed: Float64Array;
}

/**
 * Prepares the reasons of a network with layers at the reference inputs x0. A row takes one forward pass for the
 * changes after every activation and one backward pass for the multipliers, with all members side by side. Cost per
 * row: members·weights; of the first layer only the weights of changed inputs.
 */
export function networkReasons(network: LayoutNetwork, model: ReadModel, x0: Float64Array): NetworkReasons {
  const { members } = network;
  const named = (name: string) => Float64Array.from(model.floats.get(name)!);
  const inputs = network.inputs ?? x0.length;
  const layers: Layer[] = [];
  let from = inputs;
  network.hidden.forEach((to, l) => {
    const weights = named(network.weights[l]);
    const size = members * to;
    const room = () => new Float64Array(size);
    const layer: Layer = {
      from,
      to,
      weights: l === 0 ? sideBySide(weights, members, from, to) : weights,
      rows: Int32Array.from({ length: from }, (_, i) => i),
      z0: named(network.biases[l]),
      f0: room(),
      dz: room(),
      df: room(),
      down: room(),
      passed: new Float64Array(from),
    };
    if (l === 0) addRows(layer.weights, size, layer.rows, x0, inputs, layer.z0);
    else addLayer(layer, members, layers[l - 1].f0, layer.z0);
    layer.z0.forEach((z, h) => {
      layer.f0[h] = silu(z);
    });
    layers.push(layer);
    from = to;
  });
  const heads = named(network.heads);
  const last = layers[layers.length - 1];
  const multipliers = new Float64Array(inputs);
  return {
    base: heads.reduce((sum, weight, h) => sum + weight * last.f0[h], 0),
    add: (changes, into) => {
      const { places, by, count } = changes;
      forward(layers, members, changes);
      backward(layers, members, heads);
      const [{ weights, down }] = layers;
      dotRows(weights, down.length, places, count, down, multipliers);
      for (let i = 0; i < count; i++) into[i] += by[i] * multipliers[i];
    },
  };
}

/** Changes behind every layer, and in `down` how much of a change its activation passes on. */
function forward(layers: Layer[], members: number, { places, by, count }: Changes): void {
  for (let l = 0; l < layers.length; l++) {
    const layer = layers[l];
    const { z0, f0, dz, df, down } = layer;
    dz.fill(0);
    if (l === 0) addRows(layer.weights, dz.length, places, by, count, dz);
    else addLayer(layer, members, layers[l - 1].df, dz);
    for (let h = 0; h < dz.length; h++) {
      const f = silu(z0[h] + dz[h]);
      df[h] = f - f0[h];
      down[h] = multiplier(z0[h], f0[h], dz[h], f);
    }
  }
}

/** Turns `down` of each layer into the multiplier from its sums to the logit. */
function backward(layers: Layer[], members: number, heads: Float64Array): void {
  const last = layers[layers.length - 1];
  for (let h = 0; h < heads.length; h++) last.down[h] *= heads[h];
  for (let l = layers.length - 1; l > 0; l--) {
    const { weights, rows, from, to, down, passed } = layers[l];
    const before = layers[l - 1].down;
    for (let m = 0; m < members; m++) {
      const own = weights.subarray(m * from * to, (m + 1) * from * to);
      dotRows(own, to, rows, from, down.subarray(m * to, (m + 1) * to), passed);
      for (let i = 0; i < from; i++) before[m * from + i] *= passed[i];
    }
  }
}

/** Adds h·W of each member to `into` [members·to]; h [members·from]. */
function addLayer({ weights, rows, from, to }: Layer, members: number, h: Float64Array, into: Float64Array): void {
  for (let m = 0; m < members; m++) {
    const own = weights.subarray(m * from * to, (m + 1) * from * to);
    addRows(own, to, rows, h.subarray(m * from, (m + 1) * from), from, into.subarray(m * to, (m + 1) * to));
  }
}

/** [members, from, to] → [from, members·to], so that the weights of one input are adjacent in memory. */
function sideBySide(weights: Float64Array, members: number, from: number, to: number): Float64Array {
  const out = new Float64Array(weights.length);
  for (let m = 0; m < members; m++) {
    for (let i = 0; i < from; i++)
      out.set(weights.subarray((m * from + i) * to, (m * from + i + 1) * to), (i * members + m) * to);
  }
  return out;
}
