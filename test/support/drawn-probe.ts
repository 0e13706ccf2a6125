import type { Probe } from '../../models/embeddings/probe.js';
import type { Random } from '../../support/random.js';

/** A probe with random weights whose units have a size of about 1. */
export function drawnProbe(inputs: number, widths: readonly number[], draw: Random): Probe {
  const some = (length: number, scale: number) => Float32Array.from({ length }, () => scale * draw.normal());
  const layers = widths.map((width, l) => {
    const before = l === 0 ? inputs : widths[l - 1];
    return { width, weights: some(before * width, Math.sqrt(2 / before)), biases: some(width, 0.1) };
  });
  const last = widths[widths.length - 1];
  return { layers, heads: some(last, 1 / Math.sqrt(last)) };
}
