import { type EmbeddingChannel, inputsOf, standardise } from '../../models/embeddings/channel.js';
import type { Kernel } from './kernel.js';
import { padded } from './plan.js';
import { type PlannedProbe, planProbe, runProbe } from './probe.js';
import { pad, type Space } from './space.js';

/** Places of the embedding channel in memory, counted in floats. */
interface PlannedVectors {
  channel: EmbeddingChannel;
  /** Standardised numbers and flags, padded to whole vectors. */
  x: number;
  linear: number;
  /** Constants and results of the hidden units, padded to `wide`; 0 units: `wide` is 0. */
  wide: number;
  weights: number;
  biases: number;
  heads: number;
  units: number;
  /** The layers of the probe, and its heads; null if there is none. */
  probe: PlannedProbe | null;
}

/** Lays the channel's constants out. */
export function planVectors(channel: EmbeddingChannel, space: Space): PlannedVectors {
  const { width, linear, weights, biases, heads, probe } = channel;
  const n = inputsOf(channel);
  const wide = pad(width, 16);
  const row = (values: Float32Array) => (width === 0 ? 0 : space.put(padded(values, 0, 1, width, wide)));
  return {
    channel,
    x: space.room(pad(n, 4)),
    linear: space.put(padded(linear, 0, 1, n, pad(n, 4))),
    wide,
    weights: width === 0 ? 0 : space.put(padded(weights, 0, n, width, wide)),
    biases: row(biases),
    heads: row(heads),
    units: width === 0 ? 0 : space.room(wide),
    probe: probe == null ? null : planProbe(probe, n, space),
  };
}

/** The number by which the kernel knows SiLU. */
const SILU = 1;

/** The embedding channel for one row. */
interface VectorRunner {
  /** The vector of each embedding, float32 [size], NaN = missing: written by the caller. */
  inputs: Float32Array[];
  /** Standardises them; returns how many there are. */
  load(): number;
  /** The channel's logit for the loaded vectors. */
  logit(): number;
}

/** Prepares the channel, whose constants are in the kernel's memory `all`, where its plan says. */
export function vectorRunner(plan: PlannedVectors, kernel: Kernel, all: Float32Array): VectorRunner {
  const { channel, x, linear, wide, weights, biases, heads, units, probe } = plan;
  const inputs = channel.shapes.map(({ size }) => new Float32Array(size));
  const n = inputsOf(channel);
  return {
    inputs,
    load: () => standardise(channel, inputs, 0, all, x),
    logit: () => {
      let logit = channel.bias + kernel.dot(4 * x, 4 * linear, pad(n, 4));
      if (wide > 0) {
        kernel.dense(4 * x, 4 * weights, 4 * biases, 4 * units, n, wide, SILU);
        logit += kernel.dot(4 * units, 4 * heads, wide);
      }
      return probe === null ? logit : logit + runProbe(probe, x, kernel, all);
    },
  };
}
