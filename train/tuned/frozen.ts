import type { Tensor3D, Tensor4D } from '@tensorflow/tfjs-core';
import { type Bert, HIDDEN } from '../../models/bert/bert.js';
import type { Tf } from '../../models/networks/types.js';
import { maxOf } from '../../support/extremes.js';
import { layerForward, layerTensors } from './layer.js';
import { norm } from './norm.js';
import type { TokenPair } from './token-pair.js';

/** A batch on the backend, after the layers that are not trained. */
export interface FrozenBatch {
  x: Tensor3D; // [b, t, hidden]
  /** Added to the scores of attention: 0 for a token, −1e9 for padding. */
  masked: Tensor4D; // [b, 1, 1, t]
  /** What each token counts in the mean of the first and of the second text. */
  shares: Tensor3D; // [b, 2, t]
}

/** The layers of a BERT that are not trained, for all answers. */
export interface Frozen {
  /** Tokens of an answer. */
  lengthOf(row: number): number;
  /** A batch of answers. Whoever asks disposes of its tensors. */
  batch(rows: Int32Array): Promise<FrozenBatch>;
  dispose(): void;
}

/** Bytes of the vectors that are kept. What does not fit is computed again in each epoch. */
const KEPT_BYTES = 2 ** 31;

/**
 * Runs the layers before the last `trained` ones. The result of an answer is kept, so that only its first epoch runs
 * them. Memory: 4 · hidden bytes per token, 2 GB at most, and the layers.
 */
export function openFrozen(
  tf: Tf,
  bert: Bert,
  { pairs, trained, most = KEPT_BYTES }: { pairs: readonly TokenPair[]; trained: number; most?: number },
): Frozen {
  const { hidden } = bert;
  const layers = bert.layers.slice(0, bert.layers.length - trained).map((layer) => layerTensors(tf, bert, layer));
  const [scale, shift] = [bert.scale, bert.shift].map((values) => tf.tensor1d(values));
  const kept = new Map<number, Float32Array>();
  let bytes = 0;

  const compute = async (rows: Int32Array): Promise<void> => {
    const t = maxOf(Array.from(rows, (row) => pairs[row].ids.length));
    const result = tf.tidy(() => {
      const looked = tf.tensor2d(lookedUp(bert, rows, pairs, t), [rows.length * t, hidden]);
      let x = tf.reshape(norm(tf, looked, scale, shift).y, [rows.length, t, hidden]) as Tensor3D;
      const masked = maskOf(tf, rows, pairs, t);
      for (const layer of layers) x = tf.tidy(() => layerForward(tf, bert, layer, x, masked).y);
      return x;
    });
    const values = (await result.data()) as Float32Array;
    result.dispose();
    rows.forEach((row, i) => {
      const own = values.slice(i * t * hidden, (i * t + pairs[row].ids.length) * hidden);
      kept.set(row, own);
      bytes += own.byteLength;
    });
  };

  return {
    lengthOf: (row) => pairs[row].ids.length,
    batch: async (rows) => {
      const missing = rows.filter((row) => !kept.has(row));
      if (missing.length > 0) await compute(missing);
      const t = maxOf(Array.from(rows, (row) => pairs[row].ids.length));
      const values = new Float32Array(rows.length * t * hidden);
      rows.forEach((row, i) => {
        values.set(kept.get(row) as Float32Array, i * t * hidden);
      });
      if (bytes > most) for (const row of missing) bytes -= forget(kept, row);
      return {
        x: tf.tensor3d(values, [rows.length, t, hidden]),
        masked: maskOf(tf, rows, pairs, t),
        shares: sharesOf(tf, rows, pairs, t),
      };
    },
    dispose: () => tf.dispose([...layers.flatMap((layer) => Object.values(layer)), scale, shift]),
  };
}

function forget(kept: Map<number, Float32Array>, row: number): number {
  const bytes = kept.get(row)?.byteLength ?? 0;
  kept.delete(row);
  return bytes;
}

/** Words + types + places of each token [b · t, hidden]; zeros for padding. */
function lookedUp(bert: Bert, rows: Int32Array, pairs: readonly TokenPair[], t: number): Float32Array {
  const { hidden, words, types, places } = bert;
  const values = new Float32Array(rows.length * t * hidden);
  rows.forEach((row, i) => {
    const { ids, types: own } = pairs[row];
    for (let k = 0; k < ids.length; k++) {
      const to = (i * t + k) * hidden;
      const [word, type, place] = [ids[k] * hidden, own[k] * hidden, k * hidden];
      for (let j = 0; j < hidden; j++) values[to + j] = words[word + j] + types[type + j] + places[place + j];
    }
  });
  return values;
}

function maskOf(tf: Tf, rows: Int32Array, pairs: readonly TokenPair[], t: number): Tensor4D {
  const values = new Float32Array(rows.length * t);
  rows.forEach((row, i) => {
    values.fill(-HIDDEN, i * t + pairs[row].ids.length, (i + 1) * t);
  });
  return tf.tensor4d(values, [rows.length, 1, 1, t]);
}

function sharesOf(tf: Tf, rows: Int32Array, pairs: readonly TokenPair[], t: number): Tensor3D {
  const values = new Float32Array(rows.length * 2 * t);
  rows.forEach((row, i) => {
    const { types } = pairs[row];
    const second = types.reduce((sum, type) => sum + type, 0);
    const count = [types.length - second, second];
    types.forEach((type, k) => {
      values[(2 * i + type) * t + k] = 1 / count[type];
    });
  });
  return tf.tensor3d(values, [rows.length, 2, t]);
}
