import type { Frame } from './frame.js';

/** A column with null instead of NaN. Columns without NaN are returned unchanged. */
export function withNulls(values: Frame['columns'][number]): Float64Array | (string | number | null)[] {
  if (!(values instanceof Float64Array)) return values;
  return values.some(Number.isNaN) ? Array.from(values, (value) => (Number.isNaN(value) ? null : value)) : values;
}
