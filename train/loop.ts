import type { Tensor1D, Tensor2D } from '@tensorflow/tfjs-core';
import {
  type Architecture,
  backward,
  forward,
  initMember,
  type Masks,
  type Member,
  parameterShapes,
  type Tf,
} from '../models/networks/network.js';
import { logit, logLossOfLogit } from '../models/numbers.js';
import type { Random } from '../support/random.js';
import type { Linear } from './newton.js';

/** Encoded rows x [n, d] row-major, labels y in [0, 1], weights w with mean about 1. */
export interface Rows {
  x: Float32Array;
  y: Float64Array;
  w: Float64Array;
}

/** How one member is fitted; the defaults stand in train/options.ts. */
export interface LoopOptions {
  learningRate: number;
  /** Decoupled weight decay (AdamW). */
  decay: number;
  batch: number;
  epochs: number;
  /** Epochs without a better stopping loss before it ends. */
  patience: number;
  /** Share of hidden units dropped. */
  dropout: number;
}

export interface Fitted {
  member: Member;
  /** Weighted log-loss on the stopping rows at the best epoch, nats. */
  loss: number;
  /** Epochs until the best one. */
  epochs: number;
  /** Rows passed through the loop, for benchmarks. */
  rows: number;
}

/**
 * The training loop. Fits one network by AdamW on mini-batches of `fit`, looks at the log-loss of `stop` (other questions)
 * after each epoch, keeps the best epoch's parameters. All parameters live in one flat vector, so that a step is a dozen
 * operations on it. Source: Loshchilov & Hutter 2019, alg. 2. Memory: about four times the rows of `fit`.
 */
export async function fitMember(
  tf: Tf,
  architecture: Architecture,
  fit: Rows,
  stop: Rows,
  options: LoopOptions,
  random: Random,
  from?: Linear,
): Promise<Fitted> {
  const { learningRate, decay, batch, epochs, patience, dropout } = options;
  const n = fit.y.length;
  const d = architecture.inputs;
  const shapes = parameterShapes(architecture);
  const start = initMember(architecture, logit(baseRate(fit)), random.fork('init'));
  if (from !== undefined) startLinear(architecture, start, from);
  const order = random.fork('order');
  const drop = random.fork('drop');

  let flat = tf.tensor1d(flatten(start)); // [p]
  let first = tf.zerosLike(flat) as Tensor1D; // m
  let second = tf.zerosLike(flat) as Tensor1D; // v
  const stopX = tf.tensor2d(stop.x, [stop.y.length, d]);
  const rows = Int32Array.from({ length: n }, (_, i) => i);
  let best: Fitted = {
    member: start,
    loss: await lossOf(tf, architecture, flat, shapes, stopX, stop),
    epochs: 0,
    rows: 0,
  };
  let seen = 0;
  let step = 0;

  for (let epoch = 1; epoch <= epochs && epoch - best.epochs <= patience; epoch++) {
    order.shuffle(rows);
    for (let at = 0; at < n; at += batch) {
      const size = Math.min(batch, n - at);
      if (size < batch && at > 0 && size < batch / 4) break;
      step++;
      const next = tf.tidy(() => {
        const parameters = split(tf, flat, shapes);
        const { x, y, w } = miniBatch(tf, fit, d, rows, at, size); // [b, d], [b, 1], [b, 1] with Σw ≈ 1
        const masks = dropoutMasks(tf, architecture, size, dropout, drop);
        const pass = forward(tf, architecture, parameters, x, masks);
        const slope = tf.mul(tf.sub(tf.sigmoid(pass.logit), y), w) as Tensor2D; // ∂loss/∂logit
        const gradients = backward(tf, architecture, parameters, pass, masks, slope);
        const g = tf.concat1d(gradients.map((gradient) => tf.reshape(gradient, [-1]) as Tensor1D)); // [p]
        const m = tf.add(tf.mul(first, 0.9), tf.mul(g, 0.1)); // β1 = .9
        const v = tf.add(tf.mul(second, 0.999), tf.mul(tf.square(g), 0.001)); // β2 = .999
        const rate = (learningRate * Math.sqrt(1 - 0.999 ** step)) / (1 - 0.9 ** step);
        const update = tf.div(tf.mul(m, rate), tf.add(tf.sqrt(v), 1e-8));
        const moved = tf.sub(tf.mul(flat, 1 - learningRate * decay), update);
        return { flat: moved as Tensor1D, first: m as Tensor1D, second: v as Tensor1D };
      });
      tf.dispose([flat, first, second]);
      ({ flat, first, second } = next);
      seen += size;
    }
    const loss = await lossOf(tf, architecture, flat, shapes, stopX, stop);
    if (loss < best.loss)
      best = { member: unflatten((await flat.data()) as Float32Array, shapes), loss, epochs: epoch, rows: 0 };
  }
  tf.dispose([flat, first, second, stopX]);
  return { ...best, rows: seen };
}

/** Logits of one member for encoded rows [n, d]. */
export async function logitsOfMember(
  tf: Tf,
  architecture: Architecture,
  member: Member,
  x: Float32Array,
): Promise<Float32Array> {
  const logit = tf.tidy(() => {
    const parameters = split(tf, tf.tensor1d(flatten(member)), parameterShapes(architecture));
    const rows = tf.tensor2d(x, [x.length / architecture.inputs, architecture.inputs]);
    return forward(tf, architecture, parameters, rows, []).logit;
  });
  return read(logit);
}

async function lossOf(
  tf: Tf,
  a: Architecture,
  flat: Tensor1D,
  shapes: [number, number][],
  x: Tensor2D,
  rows: Rows,
): Promise<number> {
  const z = await read(tf.tidy(() => forward(tf, a, split(tf, flat, shapes), x, []).logit));
  let loss = 0;
  let weight = 0;
  for (let i = 0; i < z.length; i++) {
    loss += rows.w[i] * logLossOfLogit(z[i], rows.y[i]);
    weight += rows.w[i];
  }
  return loss / weight;
}

/** Reads a tensor and disposes it; asynchronous, because WebGPU has no other way. */
async function read(tensor: Tensor2D): Promise<Float32Array> {
  const values = (await tensor.data()) as Float32Array;
  tensor.dispose();
  return values;
}

/** Puts a linear solution on the straight path from input to logit: the layers then learn what it cannot say. */
function startLinear({ hidden }: Architecture, member: Member, { weights, intercept }: Linear): void {
  member[hidden.length === 0 ? 0 : member.length - 1].set(weights);
  member[2 * hidden.length + 1][0] = intercept;
}

/** Rows are gathered here and uploaded: on every backend that is faster than a gather on the device at this size. */
function miniBatch(tf: Tf, fit: Rows, d: number, rows: Int32Array, from: number, size: number) {
  const x = new Float32Array(size * d);
  const y = new Float32Array(size);
  const w = new Float32Array(size);
  for (let i = 0; i < size; i++) {
    const row = rows[from + i];
    x.set(fit.x.subarray(row * d, row * d + d), i * d);
    y[i] = fit.y[row];
    w[i] = fit.w[row] / size;
  }
  return { x: tf.tensor2d(x, [size, d]), y: tf.tensor2d(y, [size, 1]), w: tf.tensor2d(w, [size, 1]) };
}

function dropoutMasks(tf: Tf, { hidden }: Architecture, size: number, share: number, random: Random): Masks {
  if (share === 0) return [];
  return hidden.map((width) => {
    const mask = new Float32Array(size * width);
    for (let i = 0; i < mask.length; i++) mask[i] = random.next() < share ? 0 : 1 / (1 - share);
    return tf.tensor2d(mask, [size, width]);
  });
}

function split(tf: Tf, flat: Tensor1D, shapes: [number, number][]): Tensor2D[] {
  let at = 0;
  return shapes.map(([rows, columns]) => {
    const part = tf.reshape(tf.slice1d(flat, at, rows * columns), [rows, columns]) as Tensor2D;
    at += rows * columns;
    return part;
  });
}

function flatten(member: Member): Float32Array {
  const all = new Float32Array(member.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of member) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

function unflatten(flat: Float32Array, shapes: [number, number][]): Member {
  let at = 0;
  return shapes.map(([rows, columns]) => {
    const part = flat.slice(at, at + rows * columns);
    at += rows * columns;
    return part;
  });
}

/** Weighted share right. */
export function baseRate({ y, w }: Pick<Rows, 'y' | 'w'>): number {
  let sum = 0;
  let weight = 0;
  for (let i = 0; i < y.length; i++) {
    sum += w[i] * y[i];
    weight += w[i];
  }
  return sum / weight;
}
