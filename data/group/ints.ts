/** A growing list of whole numbers, four bytes each. */
export class Ints {
  length = 0;
  #values = new Int32Array(256);

  push(value: number): void {
    if (this.length === this.#values.length) {
      const grown = new Int32Array(2 * this.length);
      grown.set(this.#values);
      this.#values = grown;
    }
    this.#values[this.length++] = value;
  }

  at(i: number): number {
    return this.#values[i];
  }

  raise(i: number): void {
    this.#values[i]++;
  }
}
