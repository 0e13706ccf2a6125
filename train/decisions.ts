import type { Manifest } from '../models/bundle/manifest.js';
import { type Decided, decider } from '../scorer/decide.js';
import type { TrainingData } from './data.js';
import { slicesOf } from './slices.js';

/** What a bundle decides for `rows`, and by which claim; `probability` in the order of `rows`. */
export function decisionsOf(
  manifest: Pick<Manifest, 'thresholds' | 'decisions'>,
  data: TrainingData,
  rows: Int32Array,
  probability: Float64Array,
): (Decided & { pattern: string; slice: string | null })[] {
  const decide = decider(manifest);
  const slices = manifest.decisions?.by === 'slice' ? slicesOf(data, manifest.decisions.sliceBy) : null;
  return Array.from(rows, (row, i) => {
    const pattern = data.pattern[row];
    const slice = slices?.[row] ?? null;
    return { ...decide({ pattern, slice, probability: probability[i] }), pattern, slice };
  });
}
