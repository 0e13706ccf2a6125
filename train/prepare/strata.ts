import type { TrainingData } from './training-data.js';

/** What splits are balanced over: the (model, task) cell of each of `rows`. */
export function strataOf(data: TrainingData, rows: Int32Array): string[] {
  return Array.from(rows, (row) => data.sliceNames[data.slice[row]]);
}

/** The question of each of `rows`. */
export function groupNames(data: TrainingData, rows: Int32Array): string[] {
  return Array.from(rows, (row) => data.groups[row]);
}
