import type { Answer } from '../data/token-list.js';

/** A field that may define slices: `model`, `task`, or a text feature of the user, `features.NAME`. */
export const SLICE_PART = /^(model|task|features\..+)$/;

/**
 * The name of the slice with these values, in the order of `parts`: `gpt-4o · triviaqa`. A missing value reads `(no
 * task)`.
 */
export function sliceName(parts: readonly string[], values: readonly (string | null | undefined)[]): string {
  return parts.map((part, k) => values[k] || `(no ${part})`).join(' · ');
}

/** The name of the slice that a record belongs to. */
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
