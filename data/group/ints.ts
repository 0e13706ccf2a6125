/** A growing list of whole numbers, four bytes each. */
export class Ints {
  length = 0;
  #values: Int32Array;

  /** `room`: for how many numbers there is memory at first. */
  constructor(room = 256) {
    this.#values = new Int32Array(room);
  }

  /** Empties the list and keeps its memory. */
  clear(): void {
    this.length = 0;
  }

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

  has(value: number): boolean {
    for (let i = 0; i < this.length; i++) if (this.#values[i] === value) return true;
    return false;
  }

  raise(i: number): void {
    this.#values[i]++;
  }
}
