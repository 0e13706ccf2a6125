import type { Tensor, Tensor1D, Tensor2D, Tensor3D } from '@tensorflow/tfjs-core';
import { type Bert, type BertLayer, type Head, LAYER_PARTS } from '../../models/bert/bert.js';
import type { Tf } from '../../models/networks/types.js';
import { pick } from '../../support/pick.js';
import type { Random } from '../../support/random.js';
import { watcher } from '../learn/watcher.js';
import { batchesOf } from './batches.js';
import type { Frozen, FrozenBatch } from './frozen.js';
import { headBackward, headLogits, pooled } from './head.js';
import { type LayerPass, type LayerTensors, layerBackward, layerForward, layerTensors } from './layer.js';
import type { TunedOptions } from './options.js';
import type { Labels } from './probe.js';

/** What a fit trains. */
interface Tuned {
  /** The last layers of the encoder. */
  layers: BertLayer[];
  head: Head;
}

export interface TunedFit extends Tuned {
  /** The epoch with the lowest log-loss on the watched rows, which the result is of; the last one if none is watched. 0: nothing was trained. */
  epochs: number;
  /** Logits of `predict`. */
  logits: Float64Array;
}

interface LoopOptions {
  tf: Tf;
  bert: Bert;
  frozen: Frozen;
  start: Head;
  labels: Labels;
  /** The rows that train, the rows that say when to stop (other questions; may be none), and the rows to predict. */
  rows: Int32Array;
  watch: Int32Array;
  predict: Int32Array;
  options: TunedOptions;
  /** The epochs that are run, of `options.epochs`, which decides how the learning rate falls. */
  epochs?: number;
  random: Random;
  /** Called with each batch that went through the trained layers: its rows, and how much work they were (1: forward). */
  onRows?: (rows: number, work: number) => void;
}

/** A step costs about three times a forward pass: forward, and the two products of each matrix backward. */
export const STEP_WORK = 3;
/** The share of the steps over which the learning rate rises. */
const WARM_UP = 0.1;

/**
 * The training loop. It trains the last layers of an encoder and the head with AdamW on mini-batches of `rows`. The
 * learning rate rises over a tenth of the steps and then falls towards 0 (Devlin et al. 2019, appendix A.2). After each
 * epoch it measures the log-loss on `watch`; the result is that of the best epoch. Source of the step: Loshchilov &
 * Hutter 2019, alg. 2; biases and normalisations do not decay. Memory: the trained parameters five times, and the
 * intermediate values of one batch.
 */
export async function fitTuned({
  tf,
  bert,
  frozen,
  start,
  labels: { y, w },
  rows,
  watch,
  predict,
  options,
  epochs = options.epochs,
  random,
  onRows = () => {},
}: LoopOptions): Promise<TunedFit> {
  const { batch, learningRate, headRate, decay, patience, layers: trained } = options;
  let flat = startOf(tf, bert, trained, start);
  let first = flat.map((each) => tf.zerosLike(each)); // m
  let second = flat.map((each) => tf.zerosLike(each)); // v
  let best = flat.map((each) => tf.clone(each));
  const logitsOf = (parameters: readonly Tensor[], { x, masked, shares }: FrozenBatch) => {
    const { layers, weights, bias } = partsOf(parameters);
    const vectors = layers.reduce((own, layer) => tf.tidy(() => layerForward(tf, bert, layer, own, masked).y), x);
    return headLogits(tf, pooled(tf, vectors, shares), weights, bias); // [b]
  };
  const look = async (wanted: Int32Array, parameters: readonly Tensor[]) => {
    const z = new Map<number, number>();
    for (const own of batchesOf(wanted, { lengthOf: frozen.lengthOf, size: batch })) {
      const given = await frozen.batch(own);
      const logits = tf.tidy(() => logitsOf(parameters, given));
      const values = await logits.data();
      own.forEach((row, i) => {
        z.set(row, values[i]);
      });
      tf.dispose([...Object.values(given), logits]);
      onRows(own.length, 1);
    }
    return Float64Array.from(wanted, (row) => z.get(row) as number);
  };
  const stop = watcher({ y: pick(y, watch), w: pick(w, watch) }, patience);
  try {
    stop.look(0, await look(watch, flat));
    const steps = options.epochs * Math.ceil(rows.length / batch);
    let step = 0;

    for (let epoch = 1; epoch <= epochs && stop.isGoing(epoch - 1); epoch++) {
      for (const own of batchesOf(rows, { lengthOf: frozen.lengthOf, size: batch, random })) {
        step++;
        const given = await frozen.batch(own);
        const pace = Math.min(step / (WARM_UP * steps), (steps - step + 1) / ((1 - WARM_UP) * steps), 1);
        const next = tf.tidy(() => {
          const truth = tf.tensor1d(Float32Array.from(pick(y, own)));
          const weight = tf.tensor1d(Float32Array.from(pick(w, own), (each) => each / own.length));
          const gradients = gradientsOf(tf, bert, { parameters: flat, given, truth, weight });
          const m = first.map((each, i) => tf.add(tf.mul(each, 0.9), tf.mul(gradients[i], 0.1))); // β1 = .9
          const v = second.map((each, i) => tf.add(tf.mul(each, 0.999), tf.mul(tf.square(gradients[i]), 0.001))); // β2
          const moved = flat.map((each, i) => {
            const rate = pace * (i < flat.length - 2 ? learningRate : headRate);
            const corrected = (rate * Math.sqrt(1 - 0.999 ** step)) / (1 - 0.9 ** step);
            const update = tf.mul(tf.div(m[i], tf.add(tf.sqrt(v[i]), 1e-8)), corrected);
            return tf.sub(each.rank > 1 ? tf.mul(each, 1 - rate * decay) : each, update);
          });
          return { moved, m, v };
        });
        tf.dispose([flat, first, second, Object.values(given)]);
        [flat, first, second] = [next.moved, next.m, next.v];
        onRows(own.length, STEP_WORK);
      }
      if (!stop.look(epoch, await look(watch, flat))) continue;
      tf.dispose(best);
      best = flat.map((each) => tf.clone(each));
    }
    const logits = await look(predict, best);
    const result = await downloaded(best);
    return { ...result, logits, epochs: stop.best().step };
  } finally {
    tf.dispose([flat, first, second, best]);
  }
}

/** The parameters in one list: the parts of each layer, then the weights and the bias of the head. */
function startOf(tf: Tf, bert: Bert, trained: number, { weights, bias }: Head): Tensor[] {
  const layers = bert.layers.slice(-trained).map((layer) => layerTensors(tf, bert, layer));
  const head = [tf.tensor2d(weights, [weights.length, 1]), tf.tensor1d([bias])];
  return [...layers.flatMap((layer) => LAYER_PARTS.map((part) => layer[part])), ...head];
}

function partsOf(parameters: readonly Tensor[]): { layers: LayerTensors[]; weights: Tensor; bias: Tensor } {
  const [weights, bias] = parameters.slice(-2);
  return { layers: layersIn(parameters), weights, bias };
}

function layersIn<T>(parameters: readonly T[]): Record<(typeof LAYER_PARTS)[number], T>[] {
  const count = Math.floor(parameters.length / LAYER_PARTS.length);
  return Array.from(
    { length: count },
    (_, k) =>
      Object.fromEntries(LAYER_PARTS.map((part, i) => [part, parameters[k * LAYER_PARTS.length + i]])) as Record<
        (typeof LAYER_PARTS)[number],
        T
      >,
  );
}

/** The slopes of the parameters, in their order: ∂/∂θ Σ w · (softplus(z) − y · z). */
function gradientsOf(
  tf: Tf,
  bert: Bert,
  step: { parameters: readonly Tensor[]; given: FrozenBatch; truth: Tensor1D; weight: Tensor1D },
): Tensor[] {
  const { x, masked, shares } = step.given;
  const { layers, weights, bias } = partsOf(step.parameters);
  const passes: LayerPass[] = [];
  for (const layer of layers) passes.push(layerForward(tf, bert, layer, passes.at(-1)?.y ?? x, masked));
  const inputs = pooled(tf, passes.at(-1)?.y ?? x, shares); // [b, 2 · hidden]
  const z = headLogits(tf, inputs, weights, bias); // [b]
  const slope = tf.expandDims(tf.mul(tf.sub(tf.sigmoid(z), step.truth), step.weight), 1) as Tensor2D; // [b, 1]
  const head = headBackward(tf, { inputs, weights, shares, slope });
  let found: Tensor[] = [head.weights, head.bias];
  let above: Tensor3D = head.x;
  for (let k = layers.length - 1; k >= 0; k--) {
    const { x: below, parts } = layerBackward(tf, layers[k], passes[k], above);
    found = [...LAYER_PARTS.map((part) => parts[part]), ...found];
    above = below;
  }
  return found;
}

async function downloaded(parameters: readonly Tensor[]): Promise<Tuned> {
  const arrays = (await Promise.all(parameters.map((each) => each.data()))) as Float32Array[];
  const [weights, [bias]] = arrays.slice(-2);
  return { layers: layersIn(arrays.slice(0, -2)), head: { weights, bias } };
}
