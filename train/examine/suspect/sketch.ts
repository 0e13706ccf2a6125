import { mixed } from '../../../data/text-key.js';
import type { Words } from '../../../features/words/words.js';

/**
 * One-permutation MinHash of a text's words and pairs of neighbouring words. Its hash puts every shingle into one of
 * `bins`; the smallest hash in each bin becomes a byte, and an empty bin is 0. One hash per shingle, one byte per bin;
 * nearly exact for texts with fewer shingles than bins. Source: Li, Owen & Zhang 2012, "One Permutation Hashing";
 * bytes: Li & König 2010.
 */
export function sketchInto({ ids, n }: Words, into: Uint8Array, at: number, bins: number): void {
  into.fill(0, at, at + bins);
  least.fill(0xffffffff, 0, bins);
  for (let i = 0; i < n; i++) {
    put(mixed(ids[i]), into, at, bins);
    if (i > 0) put(mixed(Math.imul(ids[i - 1], 0x9e3779b1) ^ ids[i]), into, at, bins);
  }
}

/** Buffer for the smallest hash of each bin. */
const least = new Uint32Array(64);

function put(hash: number, into: Uint8Array, at: number, bins: number): void {
  const bin = Math.floor(((hash >>> 0) / 0x100000000) * bins);
  const rank = mixed(hash ^ 0x2545f491) >>> 0;
  if (rank >= least[bin]) return;
  least[bin] = rank;
  into[at + bin] = 1 + ((mixed(hash ^ 0x6c8e9cf5) >>> 0) % 255);
}

/**
 * Estimated Jaccard similarity of two sketches: bins that agree / bins that are filled in either. Standard error at
 * most √(J(1 − J)/bins), less for short texts; two different shingles agree by chance once in 255. `skip` leaves out
 * bins that both share for an irrelevant reason. NaN if fewer than `fewest` bins are left.
 */
export function likeness(
  a: Uint8Array,
  b: Uint8Array,
  bins: number,
  skip: (bin: number, value: number) => boolean = () => false,
  fewest = 1,
): number {
  let agree = 0;
  let filled = 0;
  for (let j = 0; j < bins; j++) {
    if (a[j] === 0 && b[j] === 0) continue;
    if (a[j] === b[j]) {
      if (skip(j, a[j])) continue;
      agree++;
    }
    filled++;
  }
  return filled < fewest ? Number.NaN : agree / filled;
}

/**
 * The bin that each bin reads: itself, or for an empty bin a filled one that a fixed pseudo-random walk chooses. So
 * sketches without empty bins agree in each bin with probability J. Source: Shrivastava 2017, "Optimal Densification
 * for Fast and Accurate Minwise Hashing". All −1 if no bin is filled.
 */
export function densified(sketch: Uint8Array, bins: number, into: Int8Array): Int8Array {
  if (!sketch.some((value) => value !== 0)) return into.fill(-1);
  for (let j = 0; j < bins; j++) {
    let bin = j;
    for (let step = 1; sketch[bin] === 0; step++) bin = (mixed(j * 4099 + step * 65537) >>> 0) % bins;
    into[j] = bin;
  }
  return into;
}
