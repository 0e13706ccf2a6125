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
  /** Weighted log-loss on the watched rows at the best epoch, nats; NaN where there are none. */
  loss: number;
  /** Epochs until the best one. */
  epochs: number;
  /** Rows passed through the loop, for benchmarks. */
  rows: number;
  /** Logits of the watched rows before the first epoch and after each. */
  trail: Float32Array[];
  /** By part of the watched rows: after how many epochs a fit that watched it alone would have ended. */
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
 * The training loop. Fits one network by AdamW on mini-batches of `fitRows`, keeps a running average of its parameters,
 * looks at the average's log-loss on `watch` (other questions) after each epoch and keeps the best epoch's; with no
 * rows to watch it goes all epochs and keeps the last one's. All parameters live in one flat vector, so that a step is
 * a dozen operations on it. An ensemble minimises the sum of its members' losses. Source: Loshchilov & Hutter 2019,
 * alg. 2; Polyak & Juditsky 1992 for the average. Memory: the rows of `watch`, what a pass computes of 8,192 of them,
 * and one batch.
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
        const { x, y, w } = miniBatch({ tf, architecture, fitRows, rows, from: at, size }); // [b, d], [b, 1], [b, 1] with Σw ≈ 1
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

/** Watched rows a pass takes at a time: what it computes on the way is some 10 kB a row. */
const WATCHED = 8192;

/** Rows as tensors that the backend holds, and where each begins. */
function blocksOf(tf: Tf, architecture: Architecture, { x, y }: EncodedRows): { at: number; x: Tensor2D }[] {
  const { inputs } = architecture;
  return Array.from({ length: Math.ceil(y.length / WATCHED) }, (_, k) => {
    const at = k * WATCHED;
    const part = x.subarray(at * inputs, (at + WATCHED) * inputs);
    return { at, x: tf.tensor2d(part, [Math.min(WATCHED, y.length - at), inputs]) };
  });
}

/** Rows a pass without gradients takes at a time. */
const CHUNK = 4096;

/** Logits of one member for encoded rows [n, d]; of an ensemble the mean of its members' logits. */
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

/** Reads logits [b, k], disposes them, and gives the mean over k; asynchronous, because WebGPU has no other way. */
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
 * Puts a linear solution, of the encoded inputs or of all, on the straight path: the layers then learn what it cannot
 * say.
 */
function startLinear({ hidden }: Architecture, member: Member, { weights, intercept }: Linear): void {
  member[hidden.length === 0 ? 0 : 2 * hidden.length + 2].set(weights);
  member[2 * hidden.length + 1][0] = intercept;
}
