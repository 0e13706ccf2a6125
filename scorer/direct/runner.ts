import { cellAt } from '../../models/calibrators/cells.js';
import { calibratorNamed } from '../../models/calibrators/list.js';
import { applyVennAbers } from '../../models/calibrators/venn-abers.js';
import type { PredictorLayout } from '../../models/layout.js';
import type { ReadModel } from '../../models/onnx/read.js';
import { readTrees } from '../../models/trees/read.js';
import { treesOfRow } from '../../models/trees/row.js';
import { kernelBytes } from './kernel-bytes.js';
import { pad, planOf } from './plan.js';

/** What a predictor says of a row. */
export interface Outcome {
  logit: number;
  probability: number;
  low: number;
  high: number;
  shift: number;
}

/** Runs one predictor on one row: all signals of the graph, the text channel's logit, category indexes. */
export type Runner = (features: Float32Array, text: number, categories: Int32Array) => Outcome;

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

/** Prepares a predictor: its constants laid out in WebAssembly memory, its trees in JavaScript. */
export function runnerOf(layout: PredictorLayout, model: ReadModel): Runner {
  const plan = planOf(layout, model);
  const memory = new WebAssembly.Memory({ initial: Math.ceil((plan.floats * 4) / 65536) + 1 });
  const bytes = Buffer.from(kernelBytes.join(''), 'base64');
  const kernel = new WebAssembly.Instance(new WebAssembly.Module(bytes), { env: { memory } })
    .exports as unknown as Kernel;
  const all = new Float32Array(memory.buffer);
  for (const { at, values } of plan.constants) all.set(values, at);
  const { x, d, encoded, width, steps, shift } = plan;
  const row = all.subarray(plan.features, plan.features + d);
  const columns = layout.columns.every((column, j) => column === j) ? null : Int32Array.from(layout.columns);
  const own = layout.columns.length;
  const embed = embedder(layout, model, all, x);
  const trees = layout.trees === null ? null : treesOfRow(readTrees(model, layout.trees));
  const treeRow = new Float32Array(d + encoded - d - layout.indicators.length);
  const calibrator = calibratorNamed(layout.calibrator.name);
  const { parameters } = layout.calibrator;
  const { slices, interval } = layout;
  const cells = { strides: layout.strides, count: slices?.slope.length ?? 0 };
  const one = new Float64Array(1);
  const layer = (step: typeof shift) =>
    kernel.dense(4 * step.from, 4 * step.weights, 4 * step.biases, 4 * step.to, step.d, step.h, step.activation);

  return (features, text, categories) => {
    if (columns === null) row.set(features.length === own ? features : features.subarray(0, own));
    else for (let j = 0; j < own; j++) row[j] = features[columns[j]];
    if (layout.text) row[own] = text;
    kernel.encode(4 * plan.features, 4 * plan.slope, 4 * plan.offset, 4 * x, pad(d, 4));
    let at = x + d;
    for (const column of layout.indicators) all[at++] = Number.isNaN(row[column]) ? 1 : 0;
    const hot = at;
    for (let k = 0; k < layout.vocabularies.length; k++) {
      const size = layout.vocabularies[k];
      all.fill(0, at, at + size);
      if (categories[k] > 0) all[at + categories[k] - 1] = 1;
      at += size;
    }
    let logit = layout.bias;
    if (trees !== null) {
      treeRow.set(row);
      treeRow.set(all.subarray(hot, at), d);
      logit += trees(treeRow);
    }
    at = embed(at);
    for (; at < x + pad(width, 4); at++) all[at] = 0;
    if (plan.linear >= 0) logit += kernel.dot(4 * x, 4 * plan.linear, pad(width, 4));
    for (const step of steps) {
      if (step.heads < 0) layer(step);
      else logit += kernel.dot(4 * step.from, 4 * step.heads, step.h);
    }
    layer(shift);
    const square = kernel.dot(4 * shift.to, 4 * shift.to, shift.h);
    one[0] = Math.fround(logit);
    if (slices !== null) {
      const cell = cellAt(cells, categories, 0);
      const { slope, offset } = slices;
      one[0] = Math.fround(
        cell < 0 ? slices.pooled.slope * one[0] + slices.pooled.offset : slope[cell] * one[0] + offset[cell],
      );
    }
    const { low, high } = applyVennAbers(interval, one);
    const probability = Math.fround(calibrator.apply(parameters, one)[0]);
    return {
      logit: Math.fround(logit),
      probability,
      low: Math.min(Math.fround(low[0]), probability),
      high: Math.max(Math.fround(high[0]), probability),
      shift: Math.fround(Math.sqrt(square)),
    };
  };
}

/** Writes clamp(x[column]·slope + offset, 0, 1) from a place on; returns the place behind. */
function embedder({ embedding }: PredictorLayout, { floats }: ReadModel, all: Float32Array, x: number) {
  if (embedding === undefined) return (at: number) => at;
  const columns = Int32Array.from(embedding.columns);
  const slope = floats.get(embedding.slope)!;
  const offset = floats.get(embedding.offset)!;
  return (at: number) => {
    for (let k = 0; k < columns.length; k++) {
      const t = all[x + columns[k]] * slope[k] + offset[k];
      all[at + k] = t < 0 ? 0 : t > 1 ? 1 : t;
    }
    return at + columns.length;
  };
}
