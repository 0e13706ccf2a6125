import type { PredictorLayout } from '../../models/layout.js';
import type { ReadModel } from '../../models/onnx/read.js';

/** One product of a network: a layer, or a member's head where `heads` ≥ 0. Places are counted in floats. */
export interface Step {
  from: number;
  to: number;
  weights: number;
  biases: number;
  heads: number;
  d: number;
  h: number;
  activation: number;
}

const activations = { silu: 1, relu: 2 } as const;

/** Places of everything in memory, counted in floats. */
export interface Plan {
  constants: { at: number; values: Float32Array }[];
  slope: number;
  offset: number;
  /** The straight path's weights, or −1. */
  linear: number;
  shift: Step;
  features: number;
  x: number;
  d: number;
  /** Width of the encoded row, and with its embedding. */
  encoded: number;
  width: number;
  steps: Step[];
  floats: number;
}

/** Lays a predictor's constants out, widths padded to whole vectors. Throws RangeError where the model lacks one. */
export function planOf(layout: PredictorLayout, { floats }: ReadModel): Plan {
  const constants: Plan['constants'] = [];
  let next = 16;
  const room = (size: number) => {
    const at = next;
    next += pad(size, 16);
    return at;
  };
  const named = (name: string) => {
    const values = floats.get(name);
    if (values === undefined) throw new RangeError(`the model has no constant ${name}`);
    return values;
  };
  const put = (values: Float32Array, size = values.length) => {
    const at = room(size);
    constants.push({ at, values });
    return at;
  };
  const d = named(layout.slope).length;
  const encoded = d + layout.indicators.length + layout.vocabularies.reduce((sum, size) => sum + size, 0);
  const width = encoded + (layout.embedding?.columns.length ?? 0);
  const slope = put(named(layout.slope), d);
  const offset = put(named(layout.offset), d);
  const linear =
    layout.linear === null ? -1 : put(padded(named(layout.linear), 0, 1, named(layout.linear).length, width));
  const features = room(d);
  const x = room(width + 4);
  const steps: Step[] = [];
  for (const network of layout.networks) {
    const buffers = network.hidden.map((h) => room(pad(h, 16)));
    for (let m = 0; m < network.members; m++) {
      let from = x;
      let before = network.inputs ?? encoded;
      network.hidden.forEach((h, l) => {
        const wide = pad(h, 16);
        const weights = put(padded(named(network.weights[l]), m * before * h, before, h, wide));
        const biases = put(padded(named(network.biases[l]), m * h, 1, h, wide));
        const activation = activations[network.activation];
        steps.push({ from, to: buffers[l], weights, biases, heads: -1, d: before, h: wide, activation });
        from = buffers[l];
        before = h;
      });
      const wide = pad(before, 16);
      const heads = put(padded(named(network.heads), m * before, 1, before, wide));
      steps.push({ from, to: 0, weights: 0, biases: 0, heads, d: 0, h: wide, activation: 0 });
    }
  }
  const k = layout.shift.directions;
  const wide = pad(k, 16);
  const shift: Step = {
    from: x,
    to: room(wide),
    weights: put(padded(named(layout.shift.weights), 0, d, k, wide)),
    biases: put(padded(named(layout.shift.offset), 0, 1, k, wide)),
    heads: -1,
    d,
    h: wide,
    activation: 0,
  };
  return { constants, slope, offset, linear, shift, features, x, d, encoded, width, steps, floats: next };
}

export function pad(size: number, to: number): number {
  return Math.ceil(size / to) * to;
}

/** Rows [d, h] of a larger array, each widened with zeros to `wide`. */
function padded(values: Float32Array, start: number, d: number, h: number, wide: number): Float32Array {
  const out = new Float32Array(d * wide);
  for (let i = 0; i < d; i++) out.set(values.subarray(start + i * h, start + (i + 1) * h), i * wide);
  return out;
}
