import type { Columns } from '../../train/learn/trees/columns.js';

/** The columns of x [·, width], which is row-major. */
export function columnsOf(x: Float32Array, width: number): Columns {
  return {
    width,
    fill: (j, rows, into) => {
      for (let i = 0; i < rows.length; i++) into[i] = x[rows[i] * width + j];
    },
  };
}
