import { calibratorNamed } from '../../models/calibrators/list.js';
import { LAYOUT_KEY, type Layout, layoutSchema } from '../../models/layout.js';
import { readModel } from '../../models/onnx/read.js';
import { kernelBytes } from './kernel-bytes.js';

/** Scores one row without an ONNX runtime: same constants, same arithmetic as the graph, to some 1e-6 on the logit. */
export interface Direct {
  /** Where the row's features go: float32 [d], NaN = missing. */
  features: Float32Array;
  /** The row's logit and calibrated probability. `categories` int32 [c], 0 = unseen. */
  score(categories: Int32Array): { logit: number; probability: number };
}

interface Kernel {
  encode(x: number, slope: number, offset: number, y: number, n: number): void;
  dense(x: number, w: number, b: number, y: number, d: number, h: number, activation: number): void;
  dot(x: number, w: number, n: number): number;
}

/** Node has it, its types do not name it. */
declare const WebAssembly: {
  Memory: new (size: { initial: number }) => { buffer: ArrayBuffer };
  Module: new (bytes: Uint8Array) => object;
  Instance: new (module: object, imports: { env: { memory: object } }) => { exports: object };
};

const activations = { silu: 1, relu: 2 } as const;

/**
 * Prepares the direct way from a model's bytes: the constants are laid out once in WebAssembly memory, widths padded to whole
 * vectors. A call to onnxruntime costs more than this arithmetic. Null where the model has no layout (it was not written here).
 */
export function directOf(model: Uint8Array): Direct | null {
  const { floats, metadata } = readModel(model);
  const text = metadata.get(LAYOUT_KEY);
  if (text === undefined) return null;
  const layout = layoutSchema.parse(JSON.parse(text));
  const plan = planOf(layout, floats);
  const memory = new WebAssembly.Memory({ initial: Math.ceil((plan.floats * 4) / 65536) + 1 });
  const bytes = Buffer.from(kernelBytes.join(''), 'base64');
  const kernel = new WebAssembly.Instance(new WebAssembly.Module(bytes), { env: { memory } })
    .exports as unknown as Kernel;
  const all = new Float32Array(memory.buffer);
  for (const { at, values } of plan.constants) all.set(values, at);
  const calibrator = calibratorNamed(layout.calibrator.name);
  const { parameters } = layout.calibrator;
  const one = new Float64Array(1);
  const { features, x, d, width, steps } = plan;
  const row = all.subarray(features, features + d);

  return {
    features: row,
    score: (categories) => {
      kernel.encode(4 * features, 4 * plan.slope, 4 * plan.offset, 4 * x, pad(d, 4));
      let at = x + d;
      for (const column of layout.indicators) all[at++] = Number.isNaN(row[column]) ? 1 : 0;
      for (let k = 0; k < layout.vocabularies.length; k++) {
        const size = layout.vocabularies[k];
        all.fill(0, at, at + size);
        if (categories[k] > 0) all[at + categories[k] - 1] = 1;
        at += size;
      }
      at = embedRow(plan.embedding, all, x, at);
      for (; at < x + pad(width, 4); at++) all[at] = 0;
      let logit = layout.bias + kernel.dot(4 * x, 4 * plan.linear, pad(width, 4));
      for (const step of steps) {
        if (step.heads < 0)
          kernel.dense(4 * step.from, 4 * step.weights, 4 * step.biases, 4 * step.to, step.d, step.h, step.activation);
        else logit += kernel.dot(4 * step.from, 4 * step.heads, step.h);
      }
      one[0] = Math.fround(logit);
      return { logit: one[0], probability: Math.fround(calibrator.apply(parameters, one)[0]) };
    },
  };
}

interface EmbeddingPlan {
  columns: Int32Array;
  slope: Float32Array;
  offset: Float32Array;
}

/** Writes clamp(x[column]·slope + offset, 0, 1) from `at` on; returns the place behind. */
function embedRow({ columns, slope, offset }: EmbeddingPlan, all: Float32Array, x: number, at: number): number {
  for (let k = 0; k < columns.length; k++) {
    const t = all[x + columns[k]] * slope[k] + offset[k];
    all[at + k] = t < 0 ? 0 : t > 1 ? 1 : t;
  }
  return at + columns.length;
}

interface Step {
  from: number;
  to: number;
  weights: number;
  biases: number;
  /** Where the head's weights lie, or −1 for a layer. */
  heads: number;
  d: number;
  h: number;
  activation: number;
}

/** Places of everything in memory, counted in floats. */
function planOf(layout: Layout, floats: Map<string, Float32Array>) {
  const constants: { at: number; values: Float32Array }[] = [];
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
  const embedding: EmbeddingPlan = {
    columns: Int32Array.from(layout.embedding?.columns ?? []),
    slope: layout.embedding === undefined ? new Float32Array() : named(layout.embedding.slope),
    offset: layout.embedding === undefined ? new Float32Array() : named(layout.embedding.offset),
  };
  const width = encoded + embedding.columns.length;
  const slope = put(named(layout.slope), d);
  const offset = put(named(layout.offset), d);
  const linear = put(named(layout.linear), width);
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
        const weights = padded(named(network.weights[l]), m * before * h, before, h, wide);
        const biases = padded(named(network.biases[l]), m * h, 1, h, wide);
        const activation = activations[network.activation];
        steps.push({
          from,
          to: buffers[l],
          weights: put(weights),
          biases: put(biases),
          heads: -1,
          d: before,
          h: wide,
          activation,
        });
        from = buffers[l];
        before = h;
      });
      const wide = pad(before, 16);
      const heads = put(padded(named(network.heads), m * before, 1, before, wide));
      steps.push({ from, to: 0, weights: 0, biases: 0, heads, d: 0, h: wide, activation: 0 });
    }
  }
  return { constants, slope, offset, linear, embedding, features, x, d, width, steps, floats: next };
}

/** Rows [d, h] of a larger array, each widened with zeros to `wide`. */
function padded(values: Float32Array, start: number, d: number, h: number, wide: number): Float32Array {
  const out = new Float32Array(d * wide);
  for (let i = 0; i < d; i++) out.set(values.subarray(start + i * h, start + (i + 1) * h), i * wide);
  return out;
}

function pad(size: number, to: number): number {
  return Math.ceil(size / to) * to;
}
