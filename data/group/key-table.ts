/**
 * Numbers keys of 128 bits in the order in which they are added. It takes 24 to 40 bytes per key; a Map of texts takes
 * about 120.
 */
export class KeyTable {
  size = 0;
  #keys = new Int32Array(4 * 512);
  /** The number of a key plus 1, at the slot that its bits select or the next free one; 0 for an empty slot. */
  #slots = new Int32Array(1024);

  /** The number of a key; −1 if it is not there. */
  find(a: number, b: number, c: number, d: number): number {
    return this.#slots[this.#slotOf(a | 0, b | 0, c | 0, d | 0)] - 1;
  }

  /** Adds a key and returns its number. A new key gets the size before the call. */
  add(a: number, b: number, c: number, d: number): number {
    const slot = this.#slotOf(a | 0, b | 0, c | 0, d | 0);
    if (this.#slots[slot] > 0) return this.#slots[slot] - 1;
    const at = 4 * this.size;
    if (at === this.#keys.length) {
      const grown = new Int32Array(2 * at);
      grown.set(this.#keys);
      this.#keys = grown;
    }
    this.#keys[at] = a;
    this.#keys[at + 1] = b;
    this.#keys[at + 2] = c;
    this.#keys[at + 3] = d;
    this.#slots[slot] = ++this.size;
    if (2 * this.size > this.#slots.length) this.#rehash();
    return this.size - 1;
  }

  /** The first 64 bits of a key, in hex. */
  hex(number: number): string {
    const word = (at: number) => (this.#keys[4 * number + at] >>> 0).toString(16).padStart(8, '0');
    return word(0) + word(1);
  }

  #slotOf(a: number, b: number, c: number, d: number): number {
    const keys = this.#keys;
    const slots = this.#slots;
    const mask = slots.length - 1;
    let slot = mix(a, b, c, d) & mask;
    for (; slots[slot] > 0; slot = (slot + 1) & mask) {
      const at = 4 * (slots[slot] - 1);
      if (keys[at] === a && keys[at + 1] === b && keys[at + 2] === c && keys[at + 3] === d) break;
    }
    return slot;
  }

  #rehash(): void {
    const slots = new Int32Array(2 * this.#slots.length);
    const mask = slots.length - 1;
    for (let i = 0; i < this.size; i++) {
      const at = 4 * i;
      let slot = mix(this.#keys[at], this.#keys[at + 1], this.#keys[at + 2], this.#keys[at + 3]) & mask;
      while (slots[slot] > 0) slot = (slot + 1) & mask;
      slots[slot] = i + 1;
    }
    this.#slots = slots;
  }
}

/**
 * Mixes all bits into the low ones, because keys may be small numbers as well as hashes. Source: the finaliser of
 * MurmurHash3.
 */
function mix(a: number, b: number, c: number, d: number): number {
  let h = a ^ Math.imul(b, 0x9e3779b1) ^ Math.imul(c, 0x85ebca77) ^ Math.imul(d, 0xc2b2ae3d);
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return h ^ (h >>> 16);
}
