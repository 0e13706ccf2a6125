import type bindings from '@duckdb/node-bindings';
import { INLINE, TEXT, type TextColumn } from './text-column.js';
import { type Column, longText, textsOf } from './vectors.js';

/** The texts of a vector, looked at when one is asked for first: most alternatives' never are. */
export class VectorTexts implements TextColumn {
  readonly first = 0;
  readonly long = this;
  #bytes: Uint8Array | undefined;

  constructor(
    private readonly duckdb: typeof bindings,
    private readonly column: Column,
    /** What holds the vector's memory. */
    readonly owner: object,
  ) {}

  get bytes(): Uint8Array {
    this.#bytes ??= textsOf(this.duckdb, this.column);
    return this.#bytes;
  }

  get(place: number): string {
    return longText(this.duckdb, this.bytes, place * TEXT, this.#size(place));
  }

  /** UTF-16 code units of a text: a byte of UTF-8 that begins a sign counts 1, one that begins a sign of four bytes 2. */
  units(place: number): number {
    const { bytes } = this;
    const size = this.#size(place);
    if (size > INLINE) return this.get(place).length;
    const from = place * TEXT + 4;
    let units = size;
    for (let b = from; b < from + size; b++) {
      const byte = bytes[b];
      if (byte >= 0x80 && byte < 0xc0) units--;
      else if (byte >= 0xf0) units++;
    }
    return units;
  }

  #size(place: number): number {
    const { bytes } = this;
    const at = place * TEXT;
    return bytes[at] | (bytes[at + 1] << 8) | (bytes[at + 2] << 16) | (bytes[at + 3] << 24);
  }
}
