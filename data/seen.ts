import { textKey } from './text-key.js';

/**
 * A set of texts, stored as 64-bit hashes: 11 to 22 bytes per text, whatever its length. The table doubles when it
 * fills up.
 */
interface Seen {
  /** Adds a text. Returns false if it was there already. */
  add(text: string): boolean;
}

/**
 * Open addressing over the first two words of `textKey`. Among ten million texts, some two collide with probability
 * 3e-6.
 */
export function seenTexts(room = 1024): Seen {
  let size = 0;
  let capacity = room;
  let table = new Uint32Array(2 * capacity);

  const put = (into: Uint32Array, places: number, high: number, low: number): boolean => {
    for (let at = low % places; ; at = at + 1 === places ? 0 : at + 1) {
      if (into[2 * at] === high && into[2 * at + 1] === low) return false;
      if (into[2 * at] !== 0 || into[2 * at + 1] !== 0) continue;
      into[2 * at] = high;
      into[2 * at + 1] = low;
      return true;
    }
  };

  return {
    add(text) {
      const key = textKey(text);
      if (!put(table, capacity, key[0] >>> 0, key[1] >>> 0 || 1)) return false;
      if (++size > 0.7 * capacity) {
        const wider = new Uint32Array(4 * capacity);
        for (let i = 0; i < capacity; i++) {
          if (table[2 * i + 1] !== 0) put(wider, 2 * capacity, table[2 * i], table[2 * i + 1]);
        }
        table = wider;
        capacity *= 2;
      }
      return true;
    },
  };
}
