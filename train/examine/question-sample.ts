import type { Random } from '../../support/random.js';
import type { TrainingData } from '../prepare/training-data.js';

/**
 * Rows of whole questions drawn at random, at most `most` of them: for what is only an indication, so that its cost is bounded at any
 * size. All of `rows` where they are no more; else ascending like these. A question of more rows than are left is passed over.
 */
export function questionSample(
  { group }: Pick<TrainingData, 'group'>,
  rows: Int32Array,
  most: number,
  random: Random,
): Int32Array {
  if (rows.length <= most) return rows;
  const size = new Map<number, number>();
  for (const row of rows) size.set(group[row], (size.get(group[row]) ?? 0) + 1);
  const drawn = new Set<number>();
  let left = most;
  for (const question of random.shuffle(Int32Array.from(size.keys()))) {
    const own = size.get(question) as number;
    if (own > left) continue;
    drawn.add(question);
    left -= own;
  }
  return rows.filter((row) => drawn.has(group[row]));
}
