import { PackedRows } from './packed-rows.js';

/** Number of rows that are packed together. */
const ROWS = 512;

/**
 * Rows of a fixed width. They are written by row and returned by column; unset places are NaN. Memory: 8 bytes per
 * number of a column that varies within 512 rows, almost nothing for the others. This pays because most signals of an
 * answer are missing.
 */
export class RowStore {
  readonly #open: Float64Array;
  #packed: PackedRows[] = [];

  constructor(readonly width: number) {
    this.#open = new Float64Array(ROWS * width).fill(NaN);
  }

  /** The array into which row `at` is written, from index `placeOf(at)`. Rows come in order. */
  chunkOf(at: number): Float64Array {
    while (this.#packed.length < Math.floor(at / ROWS)) this.#pack(ROWS);
    return this.#open;
  }

  placeOf(at: number): number {
    return (at % ROWS) * this.width;
  }

  /**
   * The first n rows, by column. Constant columns of the same number share one array. The store is empty afterwards.
   */
  take(n: number): Float64Array[] {
    while (this.#packed.length * ROWS < n) this.#pack(Math.min(ROWS, n - this.#packed.length * ROWS));
    const stretches = this.#packed;
    this.#packed = [];
    const constant = new Map<number, Float64Array>(); // a Map can have NaN as a key
    return Array.from({ length: this.width }, (_, c) => {
      const value = constantOf(stretches, c);
      if (value === null) return joined(stretches, c, n);
      let column = constant.get(value);
      if (column === undefined) constant.set(value, (column = new Float64Array(n).fill(value)));
      return column;
    });
  }

  #pack(rows: number): void {
    this.#packed.push(new PackedRows(this.#open, this.width, rows));
    this.#open.fill(NaN);
  }
}

/** The number of a constant column; null if the column varies, or is −0, which a Map does not distinguish from 0. */
function constantOf(stretches: readonly PackedRows[], column: number): number | null {
  const first = stretches.length === 0 ? NaN : stretches[0].constant(column);
  if (first === null || Object.is(first, -0)) return null;
  return stretches.every((stretch) => Object.is(stretch.constant(column), first)) ? first : null;
}

function joined(stretches: readonly PackedRows[], column: number, n: number): Float64Array {
  const all = new Float64Array(n);
  stretches.forEach((stretch, at) => {
    stretch.copy(column, all, at * ROWS);
  });
  return all;
}
