import { slotOf } from './hash.js';

/**
 * A map from word hashes to integers ≥ 0, with open addressing. It is reused for every record: increasing a stamp
 * clears it in constant time. It grows when it is half full.
 */
export class WordMap {
  #keys = new Int32Array(256);
  #stamps = new Int32Array(256);
  #values = new Int32Array(256);
  #stamp = 1;
  #mask = 255;
  size = 0;

  clear(): void {
    this.size = 0;
    if (++this.#stamp < 0x7fffffff) return;
    this.#stamps.fill(0);
    this.#stamp = 1;
  }

  /** The value of a key, −1 for an unknown key. */
  get(key: number): number {
    for (let at = slotOf(key, this.#mask); this.#stamps[at] === this.#stamp; at = (at + 1) & this.#mask) {
      if (this.#keys[at] === key) return this.#values[at];
    }
    return -1;
  }

  has(key: number): boolean {
    return this.get(key) !== -1;
  }

  /** Sets a value ≥ 0 and returns the previous one, −1 if there was none. */
  swap(key: number, value: number): number {
    let at = slotOf(key, this.#mask);
    for (; this.#stamps[at] === this.#stamp; at = (at + 1) & this.#mask) {
      if (this.#keys[at] !== key) continue;
      const before = this.#values[at];
      this.#values[at] = value;
      return before;
    }
    this.#put(at, key, value);
    return -1;
  }

  /** Sets a value ≥ 0. Returns whether the key is new. */
  set(key: number, value: number): boolean {
    let at = slotOf(key, this.#mask);
    for (; this.#stamps[at] === this.#stamp; at = (at + 1) & this.#mask) {
      if (this.#keys[at] === key) {
        this.#values[at] = value;
        return false;
      }
    }
    this.#put(at, key, value);
    return true;
  }

  /** The value of a key; a new key gets the value `size`. This numbers distinct words 0, 1, 2, … */
  number(key: number): number {
    let at = slotOf(key, this.#mask);
    for (; this.#stamps[at] === this.#stamp; at = (at + 1) & this.#mask) {
      if (this.#keys[at] === key) return this.#values[at];
    }
    const next = this.size;
    this.#put(at, key, next);
    return next;
  }

  #put(at: number, key: number, value: number): void {
    this.#stamps[at] = this.#stamp;
    this.#keys[at] = key;
    this.#values[at] = value;
    if (++this.size * 2 > this.#mask) this.#grow();
  }

  #grow(): void {
    const keys = this.#keys;
    const stamps = this.#stamps;
    const values = this.#values;
    const stamp = this.#stamp;
    const places = keys.length * 2;
    this.#keys = new Int32Array(places);
    this.#stamps = new Int32Array(places);
    this.#values = new Int32Array(places);
    this.#mask = places - 1;
    this.size = 0;
    for (let i = 0; i < keys.length; i++) if (stamps[i] === stamp) this.set(keys[i], values[i]);
  }
}
