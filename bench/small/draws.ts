import type { Random } from '../../support/random.js';
import type { TrainingData } from '../../train/prepare/training-data.js';
import type { Task } from '../quality/tasks.js';

/**
 * `draws` tasks that fit on whole questions of `half`, drawn at random until they hold `labels` rows. A draw does not
 * depend on the number of draws. `held` has all other rows, because peers predict everything that they were not fitted
 * on.
 */
export function drawsOfHalf(
  data: TrainingData,
  half: Int32Array,
  { labels, draws, random }: { labels: number; draws: number; random: Random },
): Task[] {
  const sizes = new Map<number, number>();
  for (const row of half) sizes.set(data.group[row], (sizes.get(data.group[row]) ?? 0) + 1);
  return Array.from({ length: draws }, (_, k) => {
    const drawn = new Set<number>();
    let rows = 0;
    for (const group of random.fork(`${labels} labels ${k}`).shuffle([...sizes.keys()])) {
      if (rows >= labels) break;
      drawn.add(group);
      rows += sizes.get(group) as number;
    }
    const fit = half.filter((row) => drawn.has(data.group[row]));
    const isFit = new Set(fit);
    return { fit, held: Int32Array.from(data.y.keys()).filter((row) => !isFit.has(row)) };
  });
}
