import type { Bert, Head } from '../../models/bert/bert.js';
import type { Tf } from '../../models/networks/types.js';
import { logLossOfLogit } from '../../models/numbers.js';
import { pick } from '../../support/pick.js';
import { type EncodedRows, numbersOf } from '../learn/encoded-rows.js';
import { betaOf, fitRidge, type Linear, linear } from '../learn/logistic/newton.js';
import { batchesOf } from './batches.js';
import type { Frozen } from './frozen.js';
import { pooled } from './head.js';
import { layerForward, layerTensors } from './layer.js';

/** Labels in [0, 1] and weights with mean about 1, of all answers. */
export type Labels = Pick<EncodedRows, 'y' | 'w'>;

interface InputsOptions {
  frozen: Frozen;
  trained: number;
  rows: Int32Array;
  batch: number;
  onRows: (rows: number) => void;
}

/** The inputs of the head before anything is trained, [rows, 2 · hidden]. `frozen` keeps what it computed for them. */
export async function untunedInputs(
  tf: Tf,
  bert: Bert,
  { frozen, trained, rows, batch, onRows }: InputsOptions,
): Promise<Float32Array> {
  const width = 2 * bert.hidden;
  const inputs = new Float32Array(rows.length * width);
  const layers = bert.layers.slice(-trained).map((layer) => layerTensors(tf, bert, layer));
  const places = Int32Array.from(rows.keys());
  try {
    for (const own of batchesOf(places, { lengthOf: (place) => frozen.lengthOf(rows[place]), size: batch })) {
      const { x, masked, shares } = await frozen.batch(own.map((place) => rows[place]));
      const means = tf.tidy(() =>
        pooled(
          tf,
          layers.reduce((vectors, layer) => layerForward(tf, bert, layer, vectors, masked).y, x),
          shares,
        ),
      );
      const values = (await means.data()) as Float32Array;
      own.forEach((place, i) => {
        inputs.set(values.subarray(i * width, (i + 1) * width), place * width);
      });
      tf.dispose([x, masked, shares, means]);
      onRows(own.length);
    }
  } finally {
    for (const layer of layers) tf.dispose(Object.values(layer));
  }
  return inputs;
}

/**
 * The head that is best on inputs that are not tuned: logistic regression on `rows`, with the penalty that has the least
 * log-loss on `watch`; the strongest one if nothing is watched. Training starts from it, so that the layers are not
 * distorted while the head is still bad. Source: Kumar et al. 2022 (LP-FT).
 */
export async function probeHead(
  tf: Tf,
  inputs: Float32Array,
  { rows, watch, labels, penalties }: { rows: Int32Array; watch: Int32Array; labels: Labels; penalties: number[] },
): Promise<Head & { penalty: number }> {
  const width = inputs.length / labels.y.length;
  const fit = rowsOf(inputs, width, rows, labels);
  const seen = rowsOf(inputs, width, watch, labels);
  let best: { solution: Linear; penalty: number; loss: number } | undefined;
  let from: Linear | undefined;
  for (const penalty of penalties) {
    from = await fitRidge(tf, width, fit, penalty, from);
    const z = new Float64Array(watch.length);
    linear(seen.x, width, betaOf(from), z);
    const loss = z.reduce((sum, logit, i) => sum + seen.w[i] * logLossOfLogit(logit, seen.y[i]), 0);
    if (best === undefined || loss < best.loss) best = { solution: from, penalty, loss };
  }
  const { solution, penalty } = best as NonNullable<typeof best>;
  return { weights: Float32Array.from(solution.weights), bias: solution.intercept, penalty };
}

function rowsOf(inputs: Float32Array, width: number, rows: Int32Array, { y, w }: Labels): EncodedRows {
  return { x: inputsOf(inputs, width, rows), y: pick(y, rows), w: pick(w, rows) };
}

function inputsOf(inputs: Float32Array, width: number, rows: Int32Array): Float32Array {
  return numbersOf({ x: inputs }, width, rows.length, (i) => rows[i]);
}

/** Logits of some answers. */
export function headLogitsOf(inputs: Float32Array, { weights, bias }: Head, rows: Int32Array): Float64Array {
  const width = weights.length;
  const z = new Float64Array(rows.length);
  const solution = { weights: Float64Array.from(weights), intercept: bias };
  linear(inputsOf(inputs, width, rows), width, betaOf(solution), z);
  return z;
}
