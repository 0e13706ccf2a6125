import type { TrainingData } from './training-data.js';

/** The stratum of each of `rows` for balanced folds: its slice of model and task. */
export function strataOf(data: TrainingData, rows: Int32Array): string[] {
  return Array.from(rows, (row) => data.sliceNames[data.slice[row]]);
}

/** The question of each of `rows`. */
export function groupNames(data: TrainingData, rows: Int32Array): string[] {
  return Array.from(rows, (row) => data.groups[row]);
}
