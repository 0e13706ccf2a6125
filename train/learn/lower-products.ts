/** A row whose products are added: entry (j, k) gets left[j]·right[k]. */
interface ProductRow {
  left: Float64Array;
  right: Float64Array;
}

/** The number of rows for which `addLower` is fast. */
export const ROWS_AT_ONCE = 4;

/**
 * Adds Σ left·rightᵀ over `rows`, in their order, to the lower half of `sum` [size, size], row-major. Four rows read and
 * write each entry once, not four times. Cost: rows·size²/2.
 */
export function addLower(sum: Float64Array, size: number, rows: readonly ProductRow[]): void {
  if (rows.length === ROWS_AT_ONCE) addFour(sum, size, rows);
  else for (const row of rows) addOne(sum, size, row);
}

function addOne(sum: Float64Array, size: number, { left, right }: ProductRow): void {
  for (let j = 0; j < size; j++) {
    const value = left[j];
    for (let k = 0; k <= j; k++) sum[j * size + k] += value * right[k];
  }
}

function addFour(sum: Float64Array, size: number, [a, b, c, d]: readonly ProductRow[]): void {
  const { right: right0 } = a;
  const { right: right1 } = b;
  const { right: right2 } = c;
  const { right: right3 } = d;
  for (let j = 0; j < size; j++) {
    const at = j * size;
    const value0 = a.left[j];
    const value1 = b.left[j];
    const value2 = c.left[j];
    const value3 = d.left[j];
    for (let k = 0; k <= j; k++) {
      sum[at + k] = sum[at + k] + value0 * right0[k] + value1 * right1[k] + value2 * right2[k] + value3 * right3[k];
    }
  }
}
