import { sliceName } from '../../features/slice.js';
import { VouchError } from '../../support/errors.js';
import type { TrainingData } from './training-data.js';

/** The slice of each row by the fields `parts` (`model`, `task`, `features.NAME`). */
export function slicesOf(data: TrainingData, parts: readonly string[]): string[] {
  const columns = parts.map((part) => columnOf(data, part));
  return Array.from({ length: data.n }, (_, row) =>
    sliceName(
      parts,
      columns.map((column) => column?.[row]),
    ),
  );
}

/** Fails before training if no answer has one of the fields that slices are made of. Error: BAD_USAGE. */
export function checkSlices(data: TrainingData, parts: readonly string[]): void {
  for (const part of parts) {
    if (columnOf(data, part) !== undefined) continue;
    const own = [...data.signals.categories.keys()].filter((name) => name.startsWith('features.'));
    throw new VouchError('BAD_USAGE', 'no answer has a text in this field', {
      field: 'sliceBy',
      expected: ['model', 'task', ...own].join(', '),
      got: part,
    });
  }
}

function columnOf(data: TrainingData, part: string): readonly (string | null)[] | undefined {
  if (part === 'model' || part === 'task') return data[part];
  return data.signals.categories.get(part);
}
