/** Largest count of four-byte numbers: 1 GiB. */
const MOST = 2 ** 28;

/** Allocates a kernel's memory, counted in four-byte numbers. Constants are kept until the memory exists. */
export class Space {
  size = 16;
  readonly #constants: { at: number; values: Float32Array | Int32Array }[] = [];

  /** Reserves `size` numbers, rounded up to whole vectors; returns their place. */
  room(size: number): number {
    const at = this.size;
    this.size += pad(size, 16);
    if (!(this.size <= MOST)) throw new RangeError('the model takes too much memory');
    return at;
  }

  /** Reserves space for constants; returns their place. */
  put(values: Float32Array | Int32Array): number {
    const at = this.room(values.length);
    this.#constants.push({ at, values });
    return at;
  }

  /** Writes the constants to their places. */
  fill(buffer: ArrayBuffer): void {
    const floats = new Float32Array(buffer);
    const ints = new Int32Array(buffer);
    for (const { at, values } of this.#constants) {
      if (values instanceof Float32Array) floats.set(values, at);
      else ints.set(values, at);
    }
  }
}

export function pad(size: number, to: number): number {
  return Math.ceil(size / to) * to;
}
