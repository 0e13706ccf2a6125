import { intervalAt } from '../../models/calibrators/interval/interval.js';
import { sliceAt } from '../../models/calibrators/interval/slice-index.js';
import { calibratorNamed } from '../../models/calibrators/list.js';
import type { PredictorLayout } from '../../models/layout.js';
import type { Kernel } from './kernel.js';
import type { Plan, Step } from './plan.js';
import { pad } from './space.js';

/** The outputs of a predictor for a row. */
export interface Outcome {
  logit: number;
  probability: number;
  low: number;
  high: number;
  shift: number;
}

/** Runs one predictor on the row in the kernel's memory, with its category indexes. */
type Runner = (categories: Int32Array) => Outcome;

/** Prepares a predictor whose constants stand in the kernel's memory, `all`, where its plan says. */
export function runnerOf(layout: PredictorLayout, plan: Plan, kernel: Kernel, all: Float32Array): Runner {
  const { x, d, width, steps, shift, trees } = plan;
  const { vocabularies, slices, interval } = layout;
  const hot = x + d + layout.indicators.length;
  const end = x + pad(width, 4);
  const calibrator = calibratorNamed(layout.calibrator.name);
  const { parameters } = layout.calibrator;
  const sliceIndex = { strides: layout.strides, count: 0 };
  const bias = layout.bias + (layout.trees?.bias ?? 0);
  const one = new Float64Array(1);
  const layer = (step: Step) =>
    kernel.dense(4 * step.from, 4 * step.weights, 4 * step.biases, 4 * step.to, step.d, step.h, step.activation);

  return (categories) => {
    kernel.encode(4 * plan.own, 4 * plan.slope, 4 * plan.offset, 4 * x, pad(d, 4));
    kernel.flags(4 * plan.indicators, 4 * (x + d), layout.indicators.length);
    let at = hot;
    for (let k = 0; k < vocabularies.length; k++) {
      const next = at + vocabularies[k];
      for (let i = at; i < next; i++) all[i] = 0;
      if (categories[k] > 0) all[at + categories[k] - 1] = 1;
      at = next;
    }
    for (; at < end; at++) all[at] = 0;
    let logit = bias;
    if (trees !== null) {
      logit += kernel.trees(4 * trees.columns, 4 * trees.thresholds, 4 * trees.leaves, trees.depth, trees.groups);
    }
    if (plan.linear >= 0) logit += kernel.dot(4 * x, 4 * plan.linear, pad(width, 4));
    for (const step of steps) {
      if (step.heads < 0) layer(step);
      else logit += kernel.dot(4 * step.from, 4 * step.heads, step.h);
    }
    layer(shift);
    const square = kernel.dot(4 * shift.to, 4 * shift.to, shift.h);
    let z = Math.fround(logit);
    const slice = sliceAt(sliceIndex, categories, 0);
    if (slices !== null) {
      const { slope, offset } = slices;
      z = Math.fround(slice < 0 ? slices.pooled.slope * z + slices.pooled.offset : slope[slice] * z + offset[slice]);
    }
    one[0] = z;
    const probability = Math.fround(calibrator.apply(parameters, one)[0]);
    const { low, high } = intervalAt(interval, z, slice);
    return {
      logit: Math.fround(logit),
      probability,
      low: Math.min(Math.fround(low), probability),
      high: Math.max(Math.fround(high), probability),
      shift: Math.fround(Math.sqrt(square)),
    };
  };
}
