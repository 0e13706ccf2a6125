import { foldsByGroup } from '../../data/split.js';
import type { Random } from '../../support/random.js';
import { strataOf } from '../../train/prepare/strata.js';
import type { TrainingData } from '../../train/prepare/training-data.js';

/** Rows to fit on, and all other rows, which are predicted; both ascending. No question is in both. */
export interface Task {
  fit: Int32Array;
  held: Int32Array;
}

/** One task per fold, with folds by question, so that every row is predicted once. */
export function foldTasks(data: TrainingData, folds: number, random: Random): Task[] {
  const all = Int32Array.from({ length: data.n }, (_, row) => row);
  const fold = foldsByGroup(data.groups, folds, random.fork('outer'), strataOf(data, all));
  return tasksOf(fold, folds);
}

/** One task per fold that has rows, given the fold of each row. */
export function tasksOf(fold: Int32Array, folds: number): Task[] {
  return Array.from({ length: folds }, (_, k) => taskOf(fold, (f) => f !== k)).filter(({ held }) => held.length > 0);
}

/** `draws` tasks that fit on whole questions, drawn at random until they have `labels` rows. */
export function drawTasks(data: TrainingData, labels: number, draws: number, random: Random): Task[] {
  const sizes = new Int32Array(data.groupCount);
  for (const group of data.group) sizes[group]++;
  return Array.from({ length: draws }, (_, draw) => {
    const order = random.fork(`labels ${labels} ${draw}`).shuffle(Int32Array.from(sizes.keys()));
    const drawn = new Uint8Array(data.groupCount);
    let rows = 0;
    for (const group of order) {
      if (rows >= labels) break;
      drawn[group] = 1;
      rows += sizes[group];
    }
    return taskOf(data.group, (group) => drawn[group] === 1);
  });
}

function taskOf(values: Int32Array, isFit: (value: number) => boolean): Task {
  const all = Int32Array.from(values.keys());
  return { fit: all.filter((row) => isFit(values[row])), held: all.filter((row) => !isFit(values[row])) };
}
