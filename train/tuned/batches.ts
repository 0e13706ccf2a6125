import type { Random } from '../../support/random.js';

/** Batches whose lengths are sorted together: a batch has little padding, and yet its rows differ each time. */
const SORTED = 8;

/**
 * Divides rows into batches of about the same length, in random order. Without `random`, rows are sorted by their
 * length and the batches stay in that order, which wastes least.
 */
export function batchesOf(
  rows: Int32Array,
  { lengthOf, size, random }: { lengthOf: (row: number) => number; size: number; random?: Random },
): Int32Array[] {
  const order = random === undefined ? rows.slice() : random.shuffle(rows.slice());
  const together = random === undefined ? order.length : SORTED * size;
  const batches: Int32Array[] = [];
  for (let from = 0; from < order.length; from += together) {
    const sorted = order.slice(from, from + together).sort((a, b) => lengthOf(a) - lengthOf(b) || a - b);
    for (let at = 0; at < sorted.length; at += size) batches.push(sorted.slice(at, at + size));
  }
  return random === undefined ? batches : random.shuffle(batches);
}
