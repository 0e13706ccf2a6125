const CHUNK = 4096;

/** A column of numbers that grows in chunks; rows never set are NaN. */
export class Column {
  /** Over what was set: least and greatest number, and whether one lay strictly between 0 and 1. */
  least = Number.POSITIVE_INFINITY;
  most = Number.NEGATIVE_INFINITY;
  between = false;
  #chunks: (Float64Array | undefined)[] = [];

  set(at: number, value: number): void {
    if (Number.isNaN(value)) return;
    if (value < this.least) this.least = value;
    if (value > this.most) this.most = value;
    if (value > 0 && value < 1) this.between = true;
    const chunk = at >>> 12;
    let numbers = this.#chunks[chunk];
    if (numbers === undefined) this.#chunks[chunk] = numbers = new Float64Array(CHUNK).fill(NaN);
    numbers[at & (CHUNK - 1)] = value;
  }

  /** The first n rows as one array; the chunks are let go. */
  take(n: number): Float64Array {
    const all = new Float64Array(n).fill(NaN);
    this.#chunks.forEach((numbers, chunk) => {
      if (numbers !== undefined) all.set(numbers.subarray(0, Math.min(CHUNK, n - chunk * CHUNK)), chunk * CHUNK);
    });
    this.#chunks = [];
    return all;
  }
}

/** Rows of a fixed width that grow in chunks, row after row, so that a row is written in one place; unset places are NaN. */
export class RowStore {
  #chunks: Float64Array[] = [];

  constructor(readonly width: number) {}

  /** The chunk that holds row `at`, and where the row begins in it. Rows come in order. */
  chunkOf(at: number): Float64Array {
    const chunk = Math.floor(at / ROWS);
    if (chunk === this.#chunks.length) this.#chunks.push(new Float64Array(ROWS * this.width).fill(NaN));
    return this.#chunks[chunk];
  }

  placeOf(at: number): number {
    return (at % ROWS) * this.width;
  }

  /** The first n rows, column by column; chunks are let go as they are copied. */
  take(n: number): Float64Array[] {
    const { width } = this;
    const columns = Array.from({ length: width }, () => new Float64Array(n));
    for (let chunk = 0; chunk * ROWS < n; chunk++) {
      const values = this.#chunks[chunk];
      const rows = Math.min(ROWS, n - chunk * ROWS);
      for (let c = 0; c < width; c++) {
        const column = columns[c];
        for (let r = 0; r < rows; r++) column[chunk * ROWS + r] = values[r * width + c];
      }
      this.#chunks[chunk] = NOTHING;
    }
    this.#chunks = [];
    return columns;
  }
}

const ROWS = 512;
const NOTHING = new Float64Array(0);

/** A column of texts, each distinct one held once; rows never set are null. */
export class TextColumn {
  #values: (string | null)[] = [];
  readonly #known = new Map<string, string>();

  set(at: number, value: string | null): void {
    while (this.#values.length < at) this.#values.push(null);
    if (value === null) {
      this.#values[at] = null;
      return;
    }
    let kept = this.#known.get(value);
    if (kept === undefined) this.#known.set(value, (kept = value));
    this.#values[at] = kept;
  }

  take(n: number): (string | null)[] {
    const all = this.#values;
    while (all.length < n) all.push(null);
    this.#values = [];
    return all;
  }
}
