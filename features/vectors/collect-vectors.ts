import type { Answer } from '../../data/token-list.js';
import { type EmbeddingShape, vectorOf, writeVector } from './embeddings.js';
import type { VectorRows } from './vector-rows.js';
import { VectorStore } from './vector-store.js';

/** The vectors of many answers. `values[k]` has those of `shapes[k]`. */
export interface Vectors {
  shapes: EmbeddingShape[];
  values: VectorRows[];
}

/** A vector whose width differs from that of the earlier vectors of its name. */
export interface OtherWidth {
  name: string;
  expected: number;
  got: number;
}

/** The most names that are collected. Further names are ignored. */
const MOST_NAMES = 64;

/**
 * Collects the vectors of one answer after another. With `fixed`, those of a bundle; else all names in order of first
 * appearance, each with the width of its first vector. A vector of another width counts as missing.
 */
export class VectorCollector {
  readonly #stores = new Map<string, VectorStore>();
  readonly #isFixed: boolean;

  constructor(fixed: readonly EmbeddingShape[] | null) {
    this.#isFixed = fixed !== null;
    for (const { name, size } of fixed ?? []) this.#stores.set(name, new VectorStore(size));
  }

  /** Keeps the vectors of answer number `at`. Returns the first one of another width; null if there is none. */
  add(record: Answer, at: number): OtherWidth | null {
    if (record.embeddings == null) return null;
    let other: OtherWidth | null = null;
    if (!this.#isFixed) for (const name in record.embeddings) this.#know(record, name);
    for (const [name, store] of this.#stores) {
      const vector = vectorOf(record, name);
      if (vector === undefined) continue;
      const { width: size } = store;
      if (vector.length === size) writeVector(record, { name, size }, store.chunkOf(at), store.placeOf(at));
      else other ??= { name, expected: size, got: vector.length };
    }
    return other;
  }

  /** The vectors of n answers; null if there is no name. The collector is empty afterwards. */
  take(n: number): Vectors | null {
    const all = [...this.#stores];
    this.#stores.clear();
    if (all.length === 0) return null;
    return {
      shapes: all.map(([name, { width }]) => ({ name, size: width })),
      values: all.map(([, store]) => store.take(n)),
    };
  }

  #know(record: Answer, name: string): void {
    if (this.#stores.has(name) || this.#stores.size >= MOST_NAMES) return;
    const vector = vectorOf(record, name);
    if (vector !== undefined) this.#stores.set(name, new VectorStore(vector.length));
  }
}
