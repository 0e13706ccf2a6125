/** The key of the last text: four 32-bit words, in the order of the reference implementation's output. */
const key = new Int32Array(4);

/** A block has eight UTF-16 units, that is, four words. */
const BLOCK = 8;
const [C1, C2, C3, C4] = [0x239b961b, 0xab0e9789, 0x38b34ae5, 0xa1e38b93];

/**
 * A 128-bit key of a text: MurmurHash3_x86_128 with seed 0 over its UTF-16 units (little-endian). Ten million texts
 * contain two with the same key with probability 1e-25. Texts can be made to collide on purpose; nothing relies on that
 * being impossible. The next call overwrites the returned array. Source: Appleby, SMHasher, MurmurHash3.cpp.
 */
export function textKey(text: string): Int32Array {
  const whole = text.length - (text.length % BLOCK);
  let a = 0;
  let b = 0;
  let c = 0;
  let d = 0;
  for (let i = 0; i < whole; i += BLOCK) {
    a = (Math.imul(rotated(a ^ word1(pair(text, i)), 19) + b, 5) + 0x561ccd1b) | 0;
    b = (Math.imul(rotated(b ^ word2(pair(text, i + 2)), 17) + c, 5) + 0x0bcaa747) | 0;
    c = (Math.imul(rotated(c ^ word3(pair(text, i + 4)), 15) + d, 5) + 0x96cd1c35) | 0;
    d = (Math.imul(rotated(d ^ word4(pair(text, i + 6)), 13) + a, 5) + 0x32ac3b17) | 0;
  }
  // the remaining units, padded with zeros: a word of zeros changes nothing
  const bytes = 2 * text.length;
  a ^= word1(pair(text, whole)) ^ bytes;
  b ^= word2(pair(text, whole + 2)) ^ bytes;
  c ^= word3(pair(text, whole + 4)) ^ bytes;
  d ^= word4(pair(text, whole + 6)) ^ bytes;
  a = (a + b + c + d) | 0;
  b = mixed(a + b);
  c = mixed(a + c);
  d = mixed(a + d);
  a = (mixed(a) + b + c + d) | 0;
  key[0] = a;
  key[1] = a + b;
  key[2] = a + c;
  key[3] = a + d;
  return key;
}

/** Two units as one word; zeros after the end, where `charCodeAt` returns NaN. */
function pair(text: string, i: number): number {
  return text.charCodeAt(i) | (text.charCodeAt(i + 1) << 16);
}

function rotated(x: number, by: number): number {
  return (x << by) | (x >>> (32 - by));
}

function word1(k: number): number {
  return Math.imul(rotated(Math.imul(k, C1), 15), C2);
}

function word2(k: number): number {
  return Math.imul(rotated(Math.imul(k, C2), 16), C3);
}

function word3(k: number): number {
  return Math.imul(rotated(Math.imul(k, C3), 17), C4);
}

function word4(k: number): number {
  return Math.imul(rotated(Math.imul(k, C4), 18), C1);
}

/** Mixes every bit of a 32-bit number into every bit (the finaliser of MurmurHash3). */
export function mixed(h: number): number {
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return h ^ (h >>> 16);
}
