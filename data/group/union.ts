/**
 * Sets of rows that belong together, directly or through others: union-find, in which the first row represents its set.
 */
export class Union {
  readonly #parent: Int32Array;

  constructor(n: number) {
    this.#parent = Int32Array.from({ length: n }, (_, i) => i);
  }

  /** The first row of the set that contains a row. */
  first(row: number): number {
    const parent = this.#parent;
    let at = row;
    while (parent[at] !== at) {
      parent[at] = parent[parent[at]];
      at = parent[at];
    }
    return at;
  }

  join(a: number, b: number): void {
    const [one, other] = [this.first(a), this.first(b)];
    if (one < other) this.#parent[other] = one;
    else this.#parent[one] = other;
  }
}
