import type { Answer } from '../data/token-list.js';

/** What a slice may be made of: `model`, `task`, or a text of the user's own, `features.NAME`. */
export const SLICE_PART = /^(model|task|features\..+)$/;

/** The slice that values make, in the order of `parts`: `gpt-4o · triviaqa`; what is not recorded reads `(no task)`. */
export function sliceName(parts: readonly string[], values: readonly (string | null | undefined)[]): string {
  return parts.map((part, k) => values[k] || `(no ${part})`).join(' · ');
}

/** The slice a record belongs to. */
export function sliceOf(record: Answer, parts: readonly string[]): string {
  return sliceName(
    parts,
    parts.map((part) => textOf(record, part)),
  );
}

function textOf(record: Answer, part: string): string | null | undefined {
  if (part === 'model' || part === 'task') return record[part];
  const value = record.features?.[part.slice('features.'.length)];
  return typeof value === 'string' ? value : null;
}
