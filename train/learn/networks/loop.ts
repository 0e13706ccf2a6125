import type { Tensor2D } from '@tensorflow/tfjs-core';
import { backward, forward, initMember, parameterShapes } from '../../../models/networks/network.js';
import type { Architecture, Member, Tf } from '../../../models/networks/types.js';
import { logit } from '../../../models/numbers.js';
import type { Random } from '../../../support/random.js';
import { baseRate, type EncodedRows, type StreamedRows } from '../encoded-rows.js';
import type { Linear } from '../logistic/newton.js';
import { watcher } from '../watcher.js';
import type { Watching } from '../watching.js';
import { adamW } from './adam-w/adam-w.js';
import { dropout } from './dropout.js';
import type { LoopOptions } from './loop-options.js';
import { miniBatch } from './mini-batch.js';
import { pace } from './pace.js';
import { watchedBlocks } from './watched-blocks.js';

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
  fitRows: EncodedRows | StreamedRows;
  watch: EncodedRows | StreamedRows;
  options: LoopOptions;
  random: Random;
  from?: Linear;
  watching?: Watching;
}

/**
 * The training loop. It fits one network with AdamW on mini-batches of `fitRows` and keeps a running average of the
 * parameters. After each epoch it measures the log-loss of the average on `watch`, which has other questions; the
 * result is the average at the epoch with the lowest loss. Without rows to watch, it runs all epochs and the result is
 * the last average. An ensemble minimises the sum of its members' losses. Memory: the rows of `watch` if they take at
 * most 256 MB, the intermediate values of a block of them, and one batch.
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

  const optimiser = adamW(tf, start, shapes, { learningRate, decay, averaging });
  const watched = watchedBlocks(tf, architecture, watch);
  const look = async () => {
    const all = new Float32Array(watch.y.length);
    for (const { at, x } of watched.blocks()) {
      all.set(await meanLogits(tf.tidy(() => forward(tf, architecture, optimiser.average(), x(), []).logit)), at);
    }
    return all;
  };
  const rows = Int32Array.from({ length: n }, (_, i) => i);
  const trail: Float32Array[] = [await look()];
  const stop = watcher({ ...watch, part }, patience);
  stop.look(0, trail[0]);
  let member = start;
  let seen = 0;
  let epoch = 1;

  for (; epoch <= epochs && (stop.isGoing(epoch - 1) || epoch <= least); epoch++) {
    order.shuffle(rows);
    for (let at = 0; at < n; at += batch) {
      const size = Math.min(batch, n - at);
      if (size < batch && at > 0 && size < batch / 4) break;
      tf.tidy(() => {
        const parameters = optimiser.parameters();
        // [b, d], [b, 1], [b, 1] with Σw ≈ 1
        const { x, y, w } = miniBatch({ tf, architecture, fitRows, rows, from: at, size });
        const masks = drop.masks(size);
        const pass = forward(tf, architecture, parameters, x, masks);
        const slope = tf.mul(tf.sub(tf.sigmoid(pass.logit), y), w) as Tensor2D; // ∂loss/∂logit
        optimiser.step(backward({ tf, architecture, parameters, pass, masks, slope }));
      });
      seen += size;
    }
    trail.push(await look());
    if (stop.look(epoch, trail[epoch])) member = await optimiser.numbers();
  }
  watched.dispose();
  drop.dispose();
  optimiser.dispose();
  const { loss, step: best } = stop.best();
  return { member, loss, epochs: best, rows: seen, trail, ends: stop.ends(epoch - 1) };
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
