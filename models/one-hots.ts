import type { Encoder } from './encoder.js';

/**
 * Rows as trees read them: float32 [rows.length, d + Σ vocabulary]. First the numbers as recorded (NaN = missing), then
 * the one-hots of the categories (0 = unseen gives zeros).
 */
export function oneHotRows(
  { centre, vocabularies }: Encoder,
  numeric: Float32Array,
  categories: Int32Array,
  rows: ArrayLike<number>,
): Float32Array {
  const d = centre.length;
  const c = vocabularies.length;
  const width = oneHotWidth({ centre, vocabularies });
  const out = new Float32Array(rows.length * width);
  for (let r = 0; r < rows.length; r++) {
    out.set(numeric.subarray(rows[r] * d, (rows[r] + 1) * d), r * width);
    let at = r * width + d;
    for (let k = 0; k < c; k++) {
      const index = categories[rows[r] * c + k];
      if (index > 0) out[at + index - 1] = 1;
      at += vocabularies[k];
    }
  }
  return out;
}

/** Width of such a row. */
export function oneHotWidth({ centre, vocabularies }: Pick<Encoder, 'centre' | 'vocabularies'>): number {
  return centre.length + vocabularies.reduce((sum, size) => sum + size, 0);
}
