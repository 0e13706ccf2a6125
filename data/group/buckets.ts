import { KeyTable } from './key-table.js';
import type { Union } from './union.js';

/**
 * Rows indexed by a key of two numbers. All rows with a key are joined once something links to the key. A row is in at
 * most one bucket.
 */
export class Buckets {
  readonly #keys = new KeyTable();
  readonly #first: number[] = [];
  readonly #joined: boolean[] = [];
  readonly #next: Int32Array;

  constructor(rows: number) {
    this.#next = new Int32Array(rows).fill(-1);
  }

  add(row: number, a: number, b: number): void {
    const known = this.#keys.size;
    const key = this.#keys.add(a, b, 0, 0);
    if (key === known) {
      this.#first.push(row);
      this.#joined.push(false);
      return;
    }
    this.#next[row] = this.#next[this.#first[key]];
    this.#next[this.#first[key]] = row;
  }

  has(a: number, b: number): boolean {
    return this.#keys.find(a, b, 0, 0) >= 0;
  }

  /** Joins all rows with a key and returns the first; −1 if there is none. */
  joined(union: Union, a: number, b: number): number {
    const key = this.#keys.find(a, b, 0, 0);
    if (key < 0) return -1;
    const first = this.#first[key];
    if (!this.#joined[key]) {
      this.#joined[key] = true;
      for (let row = this.#next[first]; row >= 0; row = this.#next[row]) union.join(first, row);
    }
    return first;
  }
}
