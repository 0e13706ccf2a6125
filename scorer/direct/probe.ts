import type { Probe } from '../../models/embeddings/probe.js';
import type { Kernel } from './kernel.js';
import { padded } from './plan.js';
import { pad, type Space } from './space.js';

/** A layer of the probe: places in memory, counted in floats. */
interface PlannedLayer {
  /** Number of its inputs. */
  d: number;
  /** Number of its units, padded to whole vectors. */
  wide: number;
  weights: number;
  biases: number;
  units: number;
}

/** Places of a probe's layers and heads in memory, counted in floats. */
export interface PlannedProbe {
  layers: PlannedLayer[];
  heads: number;
}

/** Lays out the constants of a probe that reads `inputs` numbers. */
export function planProbe({ layers, heads }: Probe, inputs: number, space: Space): PlannedProbe {
  let d = inputs;
  const planned = layers.map(({ width, weights, biases }): PlannedLayer => {
    const wide = pad(width, 16);
    const layer = {
      d,
      wide,
      weights: space.put(padded(weights, 0, d, width, wide)),
      biases: space.put(padded(biases, 0, 1, width, wide)),
      units: space.room(wide),
    };
    d = width;
    return layer;
  });
  return { layers: planned, heads: space.put(padded(heads, 0, 1, d, pad(d, 16))) };
}

/** The number by which the kernel knows a layer without an activation. */
const NONE = 0;

/** The probe's output for the numbers at `x`. Padded units are 0. ReLU is computed here: it is few numbers. */
export function runProbe({ layers, heads }: PlannedProbe, x: number, kernel: Kernel, all: Float32Array): number {
  let from = x;
  let last = 0;
  for (const { d, wide, weights, biases, units } of layers) {
    kernel.dense(4 * from, 4 * weights, 4 * biases, 4 * units, d, wide, NONE);
    for (let h = units; h < units + wide; h++) if (all[h] < 0) all[h] = 0;
    from = units;
    last = wide;
  }
  return kernel.dot(4 * from, 4 * heads, last);
}
