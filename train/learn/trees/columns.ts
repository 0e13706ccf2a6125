/** A table that is read column by column, so that no copy is needed. */
export interface Columns {
  width: number;
  /** Writes column j of `rows` to the beginning of `into`; NaN = missing. */
  fill(j: number, rows: Int32Array, into: Float32Array): void;
}

/** The columns of x [·, width], which is row-major. */
export function columnsOf(x: Float32Array, width: number): Columns {
  return {
    width,
    fill: (j, rows, into) => {
      for (let i = 0; i < rows.length; i++) into[i] = x[rows[i] * width + j];
    },
  };
}
