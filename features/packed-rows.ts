/** Some rows, stored by column. A column whose numbers are all the same is stored as one number. */
export class PackedRows {
  /** By column: its number if it is constant. */
  readonly #same: Float64Array;
  /** By column: where its numbers begin, −1 if it is constant. */
  readonly #from: Int32Array;
  readonly #numbers: Float64Array;

  /** The first `rows` rows of `values` [·, width], row after row. */
  constructor(
    values: Float64Array,
    width: number,
    readonly rows: number,
  ) {
    this.#same = values.slice(0, width);
    this.#from = new Int32Array(width).fill(-1);
    let count = 0;
    for (let c = 0; c < width; c++) {
      if (!varies(values, width, c, rows)) continue;
      this.#from[c] = count;
      count += rows;
    }
    this.#numbers = new Float64Array(count);
    for (let c = 0; c < width; c++) {
      const from = this.#from[c];
      if (from >= 0) for (let r = 0; r < rows; r++) this.#numbers[from + r] = values[r * width + c];
    }
  }

  /** The number of a constant column; null for a column that varies. */
  constant(column: number): number | null {
    return this.#from[column] < 0 ? this.#same[column] : null;
  }

  /** Writes a column to `into[at…]`. */
  copy(column: number, into: Float64Array, at: number): void {
    const from = this.#from[column];
    if (from < 0) into.fill(this.#same[column], at, at + this.rows);
    else into.set(this.#numbers.subarray(from, from + this.rows), at);
  }
}

function varies(values: Float64Array, width: number, column: number, rows: number): boolean {
  const first = values[column];
  for (let r = 1; r < rows; r++) if (!Object.is(values[r * width + column], first)) return true;
  return false;
}
