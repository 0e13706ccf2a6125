import { z } from 'zod';
import type { Graph } from '../onnx/graph.js';

/** One hidden layer: weights [width before, width] row-major, biases [width]. */
interface ProbeLayer {
  width: number;
  weights: Float32Array;
  biases: Float32Array;
}

/**
 * A probe of hidden states: layers with ReLU, then a weighted sum of the last one (heads [width of the last layer]).
 * Its output is a summand of the embedding channel's logit. Source: SAPLMA, Azaria & Mitchell 2023, sec. 4.
 */
export interface Probe {
  layers: ProbeLayer[];
  heads: Float32Array;
}

/** The largest width of a layer. */
const MOST_WIDTH = 1024;

/** The probe in a layout: the widths of its layers, the names of its constants. */
export const probeSchema = z.object({
  widths: z.array(z.number().int().min(1).max(MOST_WIDTH)).min(1).max(8),
  weights: z.array(z.string()),
  biases: z.array(z.string()),
  heads: z.string(),
});

type ProbeLayout = z.infer<typeof probeSchema>;

/** The probe's output for standardised numbers and flags x. */
export function probeLogit({ layers, heads }: Probe, x: Float32Array): number {
  let before: ArrayLike<number> = x;
  for (const { width, weights, biases } of layers) {
    const sums = Float64Array.from(biases);
    for (let j = 0; j < before.length; j++) {
      const value = before[j];
      if (value !== 0) for (let h = 0; h < width; h++) sums[h] += value * weights[j * width + h];
    }
    for (let h = 0; h < width; h++) if (sums[h] < 0) sums[h] = 0;
    before = sums;
  }
  let logit = 0;
  for (let h = 0; h < heads.length; h++) logit += heads[h] * before[h];
  return logit;
}

/** Emits the probe: x [n, inputs] → its output [n, 1]. */
export function emitProbe(graph: Graph, { layers, heads }: Probe, x: string): { logit: string; layout: ProbeLayout } {
  const layout: ProbeLayout = { widths: [], weights: [], biases: [], heads: '' };
  let before = x;
  for (const { width, weights, biases } of layers) {
    const [w, b] = [
      graph.floats(weights, [weights.length / width, width], 'probe'),
      graph.floats(biases, [1, width], 'biases'),
    ];
    before = graph.op('Relu', [graph.op('Add', [graph.op('MatMul', [before, w]), b])]); // [n, width]
    layout.widths.push(width);
    layout.weights.push(w);
    layout.biases.push(b);
  }
  layout.heads = graph.floats(heads, [heads.length, 1], 'heads');
  return { logit: graph.op('MatMul', [before, layout.heads]), layout };
}

/**
 * Reads the probe back from the constants of a graph. `inputs`: how many numbers it reads; `named`: the constant of a
 * name and a size, or a RangeError.
 */
export function readProbe(
  { widths, weights, biases, heads }: ProbeLayout,
  inputs: number,
  named: (name: string | undefined, size: number) => Float32Array,
): Probe {
  const layers = widths.map((width, l) => ({
    width,
    weights: named(weights[l], (l === 0 ? inputs : widths[l - 1]) * width),
    biases: named(biases[l], width),
  }));
  return { layers, heads: named(heads, widths[widths.length - 1]) };
}
