/** A table that is read column by column, so that no copy is needed. */
export interface Columns {
  width: number;
  /** Writes column j of `rows` to the beginning of `into`; NaN = missing. */
  fill(j: number, rows: Int32Array, into: Float32Array): void;
}
