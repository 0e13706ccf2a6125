import type { EmbeddingChannel, Standardiser } from '../../../models/embeddings/channel.js';
import type { Member, Tf } from '../../../models/networks/types.js';
import type { Random } from '../../../support/random.js';
import type { EmbeddingOptions } from '../../options.js';
import type { Linear } from '../logistic/newton.js';
import { fitProbe, probeOf } from './probe.js';
import { fitProjection } from './projection.js';
import type { Labelled } from './ridge.js';
import type { StandardRows, UnitRows } from './standardiser.js';

/**
 * What the channel may be beside a logistic regression: a projection to `width` units, or a probe with layers of
 * `widths`.
 */
export type Form = { kind: 'projection'; width: number } | { kind: 'probe'; widths: readonly number[] };

/** How a form is fitted. `start`: the logistic regression that it begins as. */
export interface FormOptions {
  tf: Tf;
  options: EmbeddingOptions;
  standard: StandardRows;
  /** At most this many epochs; absent: as many as its options say. */
  epochs?: number;
  start: Linear;
  random: Random;
}

/** Fits a form on the rows of `fit`; `trail`: the logits of `watch` before the first epoch and after each epoch. */
export function fitForm(form: Form, fit: Labelled, watch: Int32Array, how: FormOptions) {
  const { options, epochs } = how;
  if (form.kind === 'projection')
    return fitProjection(fit, watch, { ...how, width: form.width, epochs: epochs ?? options.epochs });
  return fitProbe(fit, watch, { ...how, options: options.probe, epochs: epochs ?? options.probe.epochs });
}

const none = new Float32Array();

/** The channel that is a logistic regression. */
export function linearChannel(
  standardiser: Standardiser,
  { scale }: UnitRows,
  { weights, intercept }: Linear,
): EmbeddingChannel {
  const linear = Float32Array.from(weights, (weight, j) => weight * scale[j]);
  return { ...standardiser, linear, bias: intercept, width: 0, weights: none, biases: none, heads: none, probe: null };
}

/** The channel with the parameters of a fitted form. The inputs of a projection are scaled. */
export function channelWith(
  form: Form,
  standardiser: Standardiser,
  { scale }: UnitRows,
  member: Member,
): EmbeddingChannel {
  if (form.kind === 'probe') {
    return { ...standardiser, width: 0, weights: none, biases: none, heads: none, ...probeOf(member, form.widths) };
  }
  const [weights, biases, heads, [bias], linear] = member;
  const { width } = form;
  return {
    ...standardiser,
    linear: linear.map((weight, j) => weight * scale[j]),
    bias,
    width,
    weights: weights.map((weight, i) => weight * scale[Math.floor(i / width)]),
    biases,
    heads,
    probe: null,
  };
}
