import type { TrainingData } from '../../train/data.js';

/** What choosing a calibration reads of the training data: labels, questions of four rows each, cells. */
export function drawnData(
  y: Float64Array,
  cell: Int32Array,
): { data: TrainingData; rows: Int32Array; fold: Int32Array } {
  const group = cell.map((_, i) => Math.floor(i / 4));
  const cells = Array.from({ length: Math.max(...cell) + 1 }, (_, c) => `cell ${c}`);
  const data = { n: y.length, y, w: new Float64Array(y.length).fill(1), group, cell, cells };
  return {
    data: data as unknown as TrainingData,
    rows: Int32Array.from(y.keys()),
    fold: group.map((g) => g % 5),
  };
}
