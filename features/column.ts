const CHUNK = 4096;

/** A column of numbers that grows in chunks; rows never set are NaN. */
export class Column {
  /** The least and the greatest number that were set, and whether any was strictly between 0 and 1. */
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

  /** The first n rows as one array. The chunks are released. */
  take(n: number): Float64Array {
    const all = new Float64Array(n).fill(NaN);
    this.#chunks.forEach((numbers, chunk) => {
      if (numbers !== undefined) all.set(numbers.subarray(0, Math.min(CHUNK, n - chunk * CHUNK)), chunk * CHUNK);
    });
    this.#chunks = [];
    return all;
  }
}

/** A column of texts that keeps each distinct text once. Rows never set are null. */
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
