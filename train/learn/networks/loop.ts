import type { Tensor1D, Tensor2D } from '@tensorflow/tfjs-core';
import { backward, forward, initMember, parameterShapes } from '../../../models/networks/network.js';
import type { Architecture, Member, Tf } from '../../../models/networks/types.js';
import { logit } from '../../../models/numbers.js';
import type { Random } from '../../../support/random.js';
import { baseRate, type EncodedRows } from '../encoded-rows.js';
import type { Linear } from '../logistic/newton.js';
import { watcher } from '../watcher.js';
import type { Watching } from '../watching.js';
import { dropout } from './dropout.js';
import type { LoopOptions } from './loop-options.js';
import { miniBatch } from './mini-batch.js';
import { pace } from './pace.js';
import { flatten, split, unflatten } from './parameters.js';

interface Fitted {
  member: Member;
  /** Weighted log-loss on the watched rows at the best epoch, in nats; NaN if there are none. */
  loss: number;
  /** The number of the best epoch. */
  epochs: number;
  /** The number of rows that went through the loop, for benchmarks. */
  rows: number;
  /** Logits of the watched rows before the first epoch and after each epoch. */
  trail: Float32Array[];
  /** For each part of the watched rows: after how many epochs a fit that watched only this part would have ended. */
  ends: number[];
}

interface FitMemberOptions {
  tf: Tf;
  architecture: Architecture;
  fitRows: EncodedRows;
  watch: EncodedRows;
  options: LoopOptions;
  random: Random;
  from?: Linear;
  watching?: Watching;
}

/**
 * The training loop. It fits one network with AdamW on mini-batches of `fitRows` and keeps a running average of the
 * parameters. After each epoch it measures the log-loss of the average on `watch`, which has other questions; the
 * result is the average at the epoch with the lowest loss. Without rows to watch, it runs all epochs and the result is
 * the last average. All parameters are in one flat vector, so that a step takes only a dozen operations. An ensemble
 * minimises the sum of its members' losses. Source: Loshchilov & Hutter 2019, alg. 2; Polyak & Juditsky 1992 for the
 * average. Memory: the rows of `watch`, the intermediate values of 8,192 of them, and one batch.
 */
export async function fitMember({
  tf,
  architecture,
  fitRows,
  watch,
  options,
  random,
  from,
  watching: { part, least = 0 } = {},
}: FitMemberOptions): Promise<Fitted> {
  const { decay, averaging = 0 } = options;
  const n = fitRows.y.length;
  const { batch, epochs, patience, learningRate } = pace(n, options);
  const shapes = parameterShapes(architecture);
  const start = initMember(architecture, logit(baseRate(fitRows)), random.fork('init'));
  if (from !== undefined) startLinear(architecture, start, from);
  const order = random.fork('order');
  const drop = dropout(tf, architecture, batch, options.dropout, random.fork('drop'));

  let state = tf.tidy(() => {
    const flat = tf.tensor1d(flatten(start)); // [p]
    return { flat, first: tf.zerosLike(flat), second: tf.zerosLike(flat), average: tf.clone(flat) }; // θ, m, v, θ̄
  });
  const watched = blocksOf(tf, architecture, watch);
  const look = async () => {
    const all = new Float32Array(watch.y.length);
    for (const { at, x } of watched) {
      all.set(
        await meanLogits(tf.tidy(() => forward(tf, architecture, split(tf, state.average, shapes), x, []).logit)),
        at,
      );
    }
    return all;
  };
  const rows = Int32Array.from({ length: n }, (_, i) => i);
  const trail: Float32Array[] = [await look()];
  const stop = watcher({ ...watch, part }, patience);
  stop.look(0, trail[0]);
  let member = start;
  let seen = 0;
  let step = 0;
  let epoch = 1;

  for (; epoch <= epochs && (stop.isGoing(epoch - 1) || epoch <= least); epoch++) {
    order.shuffle(rows);
    for (let at = 0; at < n; at += batch) {
      const size = Math.min(batch, n - at);
      if (size < batch && at > 0 && size < batch / 4) break;
      step++;
      const next = tf.tidy(() => {
        const parameters = split(tf, state.flat, shapes);
        // [b, d], [b, 1], [b, 1] with Σw ≈ 1
        const { x, y, w } = miniBatch({ tf, architecture, fitRows, rows, from: at, size });
        const masks = drop.masks(size);
        const pass = forward(tf, architecture, parameters, x, masks);
        const slope = tf.mul(tf.sub(tf.sigmoid(pass.logit), y), w) as Tensor2D; // ∂loss/∂logit
        const gradients = backward({ tf, architecture, parameters, pass, masks, slope });
        const g = tf.concat1d(gradients.map((gradient) => tf.reshape(gradient, [-1]) as Tensor1D)); // [p]
        const first = tf.add(tf.mul(state.first, 0.9), tf.mul(g, 0.1)) as Tensor1D; // β1 = .9
        const second = tf.add(tf.mul(state.second, 0.999), tf.mul(tf.square(g), 0.001)) as Tensor1D; // β2 = .999
        const rate = (learningRate * Math.sqrt(1 - 0.999 ** step)) / (1 - 0.9 ** step);
        const update = tf.div(tf.mul(first, rate), tf.add(tf.sqrt(second), 1e-8));
        const flat = tf.sub(tf.mul(state.flat, 1 - learningRate * decay), update) as Tensor1D;
        const average = tf.add(tf.mul(state.average, averaging), tf.mul(flat, 1 - averaging)) as Tensor1D;
        return { flat, first, second, average };
      });
      tf.dispose(state);
      state = next;
      seen += size;
    }
    trail.push(await look());
    if (stop.look(epoch, trail[epoch])) member = unflatten((await state.average.data()) as Float32Array, shapes);
  }
  tf.dispose(watched.map(({ x }) => x));
  drop.dispose();
  tf.dispose(state);
  const { loss, step: best } = stop.best();
  return { member, loss, epochs: best, rows: seen, trail, ends: stop.ends(epoch - 1) };
}

/** The number of watched rows in one pass. The intermediate values take about 10 kB per row. */
const WATCHED = 8192;

/** The rows as tensors on the backend, and the index at which each tensor begins. */
function blocksOf(tf: Tf, architecture: Architecture, { x, y }: EncodedRows): { at: number; x: Tensor2D }[] {
  const { inputs } = architecture;
  return Array.from({ length: Math.ceil(y.length / WATCHED) }, (_, k) => {
    const at = k * WATCHED;
    const part = x.subarray(at * inputs, (at + WATCHED) * inputs);
    return { at, x: tf.tensor2d(part, [Math.min(WATCHED, y.length - at), inputs]) };
  });
}

/** The number of rows in one pass without gradients. */
const CHUNK = 4096;

/** The logits of one member for encoded rows [n, d]. For an ensemble: the mean of its members' logits. */
export async function logitsOfMember(
  tf: Tf,
  architecture: Architecture,
  member: Member,
  x: Float32Array,
): Promise<Float32Array> {
  const d = architecture.inputs;
  const n = x.length / d;
  const all = new Float32Array(n);
  const flat = tf.tensor1d(flatten(member));
  for (let at = 0; at < n; at += CHUNK) {
    const part = x.subarray(at * d, Math.min(at + CHUNK, n) * d);
    const logit = tf.tidy(() => {
      const rows = tf.tensor2d(part, [part.length / d, d]);
      return forward(tf, architecture, split(tf, flat, parameterShapes(architecture)), rows, []).logit;
    });
    all.set(await meanLogits(logit), at);
  }
  flat.dispose();
  return all;
}

/** Reads logits [b, k], disposes of them and returns the mean over k. Asynchronous, because WebGPU requires it. */
async function meanLogits(tensor: Tensor2D): Promise<Float32Array> {
  const values = (await tensor.data()) as Float32Array;
  const [b, k] = tensor.shape;
  tensor.dispose();
  if (k === 1) return values;
  return Float32Array.from(
    { length: b },
    (_, i) => values.subarray(i * k, i * k + k).reduce((sum, z) => sum + z, 0) / k,
  );
}

/**
 * Copies a linear solution, for the encoded inputs or for all inputs, into the linear skip connection. The layers then
 * learn only what a linear function cannot express.
 */
function startLinear({ hidden }: Architecture, member: Member, { weights, intercept }: Linear): void {
  member[hidden.length === 0 ? 0 : 2 * hidden.length + 2].set(weights);
  member[2 * hidden.length + 1][0] = intercept;
}
