import type { EmbeddingShape } from '../../../features/vectors/embeddings.js';
import type { Probe } from '../../../models/embeddings/probe.js';
import type { Member, Tf } from '../../../models/networks/types.js';
import { pick } from '../../../support/pick.js';
import type { Random } from '../../../support/random.js';
import type { EmbeddingOptions } from '../../options.js';
import type { StreamedRows } from '../encoded-rows.js';
import type { Linear } from '../logistic/newton.js';
import { fitMember } from '../networks/loop.js';
import type { Labelled } from './ridge.js';
import type { StandardRows } from './standardiser.js';

/** How a probe is fitted. `start`: the logistic regression on unit rows that its linear path begins as. */
interface ProbeFitOptions {
  tf: Tf;
  options: EmbeddingOptions['probe'];
  standard: StandardRows;
  /** At most this many epochs. */
  epochs: number;
  start: Linear;
  random: Random;
}

/**
 * Fits a probe of hidden states: layers with ReLU and dropout on standardised numbers, next to a logistic regression
 * that it begins as. Rows are read for each mini-batch, from memory or from the file of the vectors. Returns the
 * parameters and the logits of `watch` before the first epoch and after each epoch. Source: SAPLMA, Azaria & Mitchell
 * 2023, sec. 4, for the layers; AdamW, dropout and early stopping are ours. Memory: that of the loop.
 */
export async function fitProbe(
  fit: Labelled,
  watch: Int32Array,
  { tf, options, standard, epochs, start, random }: ProbeFitOptions,
): Promise<{ member: Member; trail: Float32Array[] }> {
  const { learningRate, decay, batch, patience, dropout, widths } = options;
  const { inputs, scale } = fit.unit;
  const streamed = (rows: Int32Array): StreamedRows => ({
    y: pick(fit.y, rows),
    w: pick(fit.w, rows),
    read: (i, x, at) => standard.read(rows[i], x, at),
  });
  return fitMember({
    tf,
    architecture: { inputs, hidden: widths, skip: true, activation: 'relu' },
    fitRows: streamed(fit.rows),
    watch: streamed(watch),
    options: { learningRate, decay, batch, patience, epochs, dropout, averaging: 0.95 },
    random,
    from: { weights: start.weights.map((weight, j) => weight * scale[j]), intercept: start.intercept },
  });
}

/** The parts of a channel that a fitted network gives. */
export function probeOf(
  member: Member,
  widths: readonly number[],
): { probe: Probe; linear: Float32Array; bias: number } {
  const layers = widths.map((width, l) => ({ width, weights: member[2 * l], biases: member[2 * l + 1] }));
  const heads = member[2 * widths.length];
  return { probe: { layers, heads }, bias: member[2 * widths.length + 1][0], linear: member[2 * widths.length + 2] };
}

/** With `auto`: the fewest rows, and the fewest numbers of the vectors, from which a probe is tried. */
const ROWS = 1000;
const NUMBERS = 512;
/** The names of the vectors that `--encoder` makes (meaning/encoder/annotate.ts). */
const OF_ENCODER = /\.(question|answer|reasoning)$/;

/** Whether a probe is tried. With `auto`, vectors of sentence encoders do not count: for them a projection is enough. */
export function triesProbe(
  { tried }: Pick<EmbeddingOptions['probe'], 'tried'>,
  rows: number,
  shapes: readonly EmbeddingShape[],
): boolean {
  if (tried !== 'auto') return tried === 'always';
  const hidden = shapes.reduce((sum, { name, size }) => sum + (OF_ENCODER.test(name) ? 0 : size), 0);
  return rows >= ROWS && hidden >= NUMBERS;
}
