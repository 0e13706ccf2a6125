import type { Manifest } from '../models/bundle/manifest.js';
import { type Decided, decider } from '../scorer/decide.js';
import type { TrainingData } from './data.js';
import { slicesOf } from './slices.js';

/** What a bundle decides for `rows`, and by which claim; `probability` in the order of `rows`, NaN where the row is shifted. */
export function decisionsOf(
  manifest: Pick<Manifest, 'thresholds' | 'decisions' | 'data'>,
  data: TrainingData,
  rows: Int32Array,
  probability: Float64Array,
): (Decided & { pattern: string; slice: string | null })[] {
  const decide = decider(manifest);
  const tasks = new Set(manifest.data.tasks ?? []);
  const slices = manifest.decisions?.by === 'slice' ? slicesOf(data, manifest.decisions.sliceBy) : null;
  return Array.from(rows, (row, i) => {
    const pattern = data.pattern[row];
    const slice = slices?.[row] ?? null;
    const shifted = Number.isNaN(probability[i]);
    const unseenTask = tasks.size > 0 && data.task[row] !== '' && !tasks.has(data.task[row]);
    return {
      ...decide({ pattern, slice, probability: shifted ? 0 : probability[i], shifted, unseenTask }),
      pattern,
      slice,
    };
  });
}
