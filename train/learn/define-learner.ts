import type { Network } from '../../models/networks/types.js';
import { VouchError } from '../../support/errors.js';
import { checkPlugin, type Given, ofKind, type Plugin, type Plugins } from '../../support/plugins/plugin.js';
import { thousands } from '../../support/words/thousands.js';
import { networkOf, type OwnLearner } from './learner.js';

/** The answers that a learner is fitted on. */
export interface LearnerRows {
  /** Inputs [n, width], row after row: scaled signals, flags of missing ones, one-hot categories. None is NaN. */
  x: Float32Array;
  n: number;
  width: number;
  /** A name per input: `text.words@2`, `missing stated@1`, `model=gpt-4o`. */
  inputs: readonly string[];
  /** Labels in 0..1, and weights with mean about 1. */
  y: Float64Array;
  w: Float64Array;
  /** Number of each answer's question. */
  group: Int32Array;
  /** Uniform random numbers in 0..1, the same in every run with the same seed. */
  random(): number;
}

/**
 * A fitted model: logit = intercept + x·weights + head·h, where h is the output of `layers`: each computes
 * silu(h W + b) from the one before, the first one from x. Without layers it is linear.
 */
export interface LearnedModel {
  /** [width]. */
  weights: ArrayLike<number>;
  intercept: number;
  /** `weights` [inputs, outputs] row after row, `biases` [outputs]. */
  layers?: readonly { weights: ArrayLike<number>; biases: ArrayLike<number> }[];
  /** [outputs of the last layer]. */
  head?: ArrayLike<number>;
}

/** A learner of a plug-in. It is a candidate next to ours, and may get a share of the blend. */
export interface LearnerPlugin extends Plugin {
  kind: 'learner';
  /** Fits a model. It is called once per fold and once for all answers, in the main thread. */
  fit(rows: LearnerRows): LearnedModel;
}

export type LearnerInput = Omit<LearnerPlugin, 'kind'>;

/** Defines a learner. Reports call it `plugin.NAME`. Errors: BAD_USAGE with the field. */
export function defineLearner(given: LearnerInput): LearnerPlugin {
  return checkLearner({ ...given, kind: 'learner' });
}

function checkLearner(plugin: LearnerPlugin): LearnerPlugin {
  const { name, fit } = checkPlugin(plugin) as LearnerPlugin;
  if (typeof fit === 'function') return plugin;
  throw new VouchError('BAD_USAGE', 'this learner is not complete', {
    field: `${name}.fit`,
    expected: 'a function',
    got: fit,
  });
}

/** The learners of the given plug-ins. Error: BAD_USAGE for an incomplete one. */
export function pluginLearners(plugins: Plugins): readonly LearnerPlugin[] {
  return ofKind<LearnerPlugin>(plugins, 'learner').map(({ plugin }) => checkLearner(plugin));
}

/** The plug-ins behind some learners. */
export function usedLearners(plugins: Plugins, names: ReadonlySet<string>): readonly Given[] {
  return ofKind<LearnerPlugin>(plugins, 'learner').filter(({ plugin }) => names.has(ownName(plugin)));
}

/** The name of a plug-in's learner among ours. */
export function ownName({ name }: Pick<LearnerPlugin, 'name'>): OwnLearner {
  return `plugin.${name}`;
}

/**
 * Calls a plug-in's learner, and gives its model as a network that the graph can hold. Error: PLUGIN_FAILED if it
 * throws, or if a number is missing or not finite.
 */
export function learnedNetwork(plugin: LearnerPlugin, rows: LearnerRows): Network {
  const failed = (what: string, detail: object = {}) => {
    const by = `the learner plug-in ${plugin.name} (version ${plugin.version})`;
    return new VouchError('PLUGIN_FAILED', `${by} ${what}`, detail);
  };
  const numbers = (field: string, values: ArrayLike<number> | undefined, n: number): Float32Array => {
    if (values?.length !== n)
      throw failed('gave a wrong model', { field, expected: `${thousands(n)} numbers`, got: values?.length });
    const all = Float32Array.from(values);
    const at = all.findIndex((value) => !Number.isFinite(value));
    if (at < 0) return all;
    throw failed('gave a wrong model', { field: `${field}[${at}]`, expected: 'a finite number', got: values[at] });
  };
  let model: LearnedModel;
  try {
    model = plugin.fit(rows);
  } catch (cause) {
    throw failed(`threw an error: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
  }
  const { layers = [], head } = model ?? {};
  const weights = numbers('weights', model?.weights, rows.width);
  const intercept = numbers('intercept', [model.intercept], 1);
  if (layers.length === 0) return networkOf({ weights: Float64Array.from(weights), intercept: intercept[0] });
  let width = rows.width;
  const member = layers.flatMap((layer, l) => {
    const h = layer.biases?.length ?? 0;
    const own = [
      numbers(`layers[${l}].weights`, layer.weights, width * h),
      numbers(`layers[${l}].biases`, layer.biases, h),
    ];
    width = h;
    return own;
  });
  const hidden = layers.map(({ biases }) => biases.length);
  return {
    architecture: { inputs: rows.width, hidden, skip: true },
    members: [[...member, numbers('head', head, width), intercept, weights]],
  };
}

/** The logits of a network that `learnedNetwork` gave, for x [n, width]. */
export function logitsOfLearned(
  { architecture: { inputs, hidden }, members: [member] }: Network,
  x: Float32Array,
): Float64Array {
  const at = 2 * hidden.length;
  const skip = hidden.length > 0 ? member[at + 2] : null;
  return Float64Array.from({ length: x.length / inputs }, (_, i) => {
    const row = x.subarray(i * inputs, (i + 1) * inputs);
    let h: ArrayLike<number> = row;
    for (let l = 0; l < hidden.length; l++) h = layerOf(h, member[2 * l], member[2 * l + 1]);
    return member[at + 1][0] + product(h, member[at]) + (skip === null ? 0 : product(row, skip));
  });
}

function layerOf(h: ArrayLike<number>, weights: Float32Array, biases: Float32Array): Float64Array {
  const width = biases.length;
  return Float64Array.from(biases, (bias, j) => {
    let z = bias;
    for (let k = 0; k < h.length; k++) z += h[k] * weights[k * width + j];
    return z / (1 + Math.exp(-z));
  });
}

function product(a: ArrayLike<number>, b: Float32Array): number {
  let sum = 0;
  for (let k = 0; k < a.length; k++) sum += a[k] * b[k];
  return sum;
}
