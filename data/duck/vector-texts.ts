import type bindings from '@duckdb/node-bindings';
import { INLINE, TEXT, type TextColumn } from './text-column.js';
import { type Column, longText, textsOf } from './vectors.js';

/** The texts of a vector. It is read when the first text is asked for, because most texts of alternatives never are. */
export class VectorTexts implements TextColumn {
  readonly first = 0;
  readonly long = this;
  #bytes: Uint8Array | undefined;

  constructor(
    private readonly duckdb: typeof bindings,
    private readonly column: Column,
    /** Keeps the memory of the vector alive. */
    readonly owner: object,
  ) {}

  get bytes(): Uint8Array {
    this.#bytes ??= textsOf(this.duckdb, this.column);
    return this.#bytes;
  }

  get(place: number): string {
    return longText(this.duckdb, this.bytes, place * TEXT, this.#size(place));
  }

  /** UTF-16 code units of a text: each first byte of a character counts 1, and 2 if the character has four bytes. */
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
