import type { Random } from '../../support/random.js';
import type { TrainingData } from '../prepare/training-data.js';

/**
 * At most `most` rows of whole questions, drawn at random. It bounds the cost of results that are only indications. If
 * `rows` are no more than `most`, returns all of them; otherwise the rows are in ascending order, as in `rows`. A
 * question with more rows than are left is skipped.
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
