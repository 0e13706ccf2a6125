import type { LayoutNetwork, PredictorLayout } from '../../models/layout.js';
import { constantIn, type ReadModel } from '../../models/onnx/read.js';
import { readTrees } from '../../models/trees/read.js';
import { type PlannedTrees, planTrees } from './plan-trees.js';
import { pad, type Space } from './space.js';

/** One product of a network: a layer, or a member's head where `heads` ≥ 0. Places are counted in floats. */
export interface Step {
  from: number;
  to: number;
  weights: number;
  biases: number;
  heads: number;
  d: number;
  h: number;
  /** As the kernel numbers them: 0 none, 1 SiLU. */
  activation: number;
}

/** Where a row stands before any predictor reads it: all signals of the graph, then the logit of each channel. */
interface RowPlace {
  features: number;
  text: number;
  embeddings: number;
}

/** Places of all parts of a predictor in memory, counted in floats. */
export interface Plan {
  /** Addresses of the predictor's numbers, and of those with a missing flag. */
  own: number;
  indicators: number;
  slope: number;
  offset: number;
  /** Weights of the linear path, or −1. */
  linear: number;
  shift: Step;
  trees: PlannedTrees | null;
  x: number;
  /** How many numbers it reads. */
  d: number;
  /** Width of the encoded row. */
  width: number;
  steps: Step[];
}

/** Lays a predictor's constants out, widths padded to whole vectors. Throws RangeError where the model lacks one. */
export function planOf(layout: PredictorLayout, model: ReadModel, row: RowPlace, space: Space): Plan {
  const named = (name: string) => constantIn(model, name);
  const places = layout.columns.map((column) => row.features + column);
  if (layout.text) places.push(row.text);
  if (layout.embeddings) places.push(row.embeddings);
  const d = places.length;
  const flags = layout.indicators.length;
  const width = d + flags + layout.vocabularies.reduce((sum, size) => sum + size, 0);
  const x = space.room(width + 4);
  // numbers after the last one are read as part of whole vectors: any address will do
  const own = new Int32Array(pad(d, 4)).fill(4 * row.features);
  places.forEach((place, j) => {
    own[j] = 4 * place;
  });
  const { linear, trees, shift } = layout;
  const wide = pad(shift.directions, 16);
  return {
    own: space.put(own),
    indicators: space.put(Int32Array.from(layout.indicators, (column) => own[column])),
    slope: space.put(padded(named(layout.slope), 0, 1, d, pad(d, 4))),
    offset: space.put(padded(named(layout.offset), 0, 1, d, pad(d, 4))),
    linear: linear === null ? -1 : space.put(padded(named(linear), 0, 1, named(linear).length, pad(width, 4))),
    trees:
      trees === null
        ? null
        : planTrees(readTrees(model, trees), space, (column) => (column < d ? places[column] : x + flags + column)),
    x,
    d,
    width,
    steps: layout.networks.flatMap((network) => stepsOf(network, model, { x, width }, space)),
    shift: {
      from: x,
      to: space.room(wide),
      weights: space.put(padded(named(shift.weights), 0, d, shift.directions, wide)),
      biases: space.put(padded(named(shift.offset), 0, 1, shift.directions, wide)),
      heads: -1,
      d,
      h: wide,
      activation: 0,
    },
  };
}

/** Member by member a network's layers, then its head. */
function stepsOf(network: LayoutNetwork, model: ReadModel, { x, width }: Pick<Plan, 'x' | 'width'>, space: Space) {
  const steps: Step[] = [];
  const buffers = network.hidden.map((h) => space.room(pad(h, 16)));
  for (let m = 0; m < network.members; m++) {
    let from = x;
    let before = network.inputs ?? width;
    network.hidden.forEach((h, l) => {
      const wide = pad(h, 16);
      const weights = space.put(padded(constantIn(model, network.weights[l]), m * before * h, before, h, wide));
      const biases = space.put(padded(constantIn(model, network.biases[l]), m * h, 1, h, wide));
      steps.push({ from, to: buffers[l], weights, biases, heads: -1, d: before, h: wide, activation: 1 });
      from = buffers[l];
      before = h;
    });
    const wide = pad(before, 16);
    const heads = space.put(padded(constantIn(model, network.heads), m * before, 1, before, wide));
    steps.push({ from, to: 0, weights: 0, biases: 0, heads, d: 0, h: wide, activation: 0 });
  }
  return steps;
}

/** Rows [d, h] of a larger array, each widened with zeros to `wide`. */
export function padded(values: Float32Array, start: number, d: number, h: number, wide: number): Float32Array {
  if (start + d * h > values.length) throw new RangeError('a constant of the model is shorter than its layout says');
  const out = new Float32Array(d * wide);
  for (let i = 0; i < d; i++) out.set(values.subarray(start + i * h, start + (i + 1) * h), i * wide);
  return out;
}
