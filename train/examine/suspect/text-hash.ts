import { mixed } from '../../../data/text-key.js';

/**
 * A hash of several texts, one after another: two 32-bit lanes (Jenkins-style multiply and xor), read as one 53-bit
 * number. It also covers where each text ends, so that "ab", "c" and "a", "bc" differ. The chance that two of 70,000
 * rows share a number is 3e-7.
 */
export interface TextHash {
  readonly a: number;
  readonly b: number;
}

export const NO_TEXT: TextHash = { a: 0xdeadbeef | 0, b: 0x41c6ce57 };

/** The hash after one more text. */
export function withText({ a, b }: TextHash, text: string): TextHash {
  for (let i = 0; i <= text.length; i++) {
    const code = i < text.length ? text.charCodeAt(i) : -1;
    a = Math.imul(a ^ code, 0x9e3779b1);
    b = Math.imul(b ^ code, 0x5f356495);
  }
  return { a, b };
}

/** The hash as a whole number in [0, 2^53). */
export function hashNumber({ a, b }: TextHash): number {
  const high = mixed(a ^ mixed(b)) & 0x1fffff;
  return high * 0x100000000 + (mixed(b ^ Math.imul(a, 0x85ebca6b)) >>> 0);
}
