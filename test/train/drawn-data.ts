import type { TrainingData } from '../../train/prepare/training-data.js';

/** What choosing a calibration reads of the training data: labels and questions of four rows each. */
export function drawnData(y: Float64Array): { data: TrainingData; rows: Int32Array; fold: Int32Array } {
  const group = Int32Array.from(y, (_, i) => Math.floor(i / 4));
  const data = { n: y.length, y, w: new Float64Array(y.length).fill(1), group };
  return {
    data: data as unknown as TrainingData,
    rows: Int32Array.from(y.keys()),
    fold: group.map((g) => g % 5),
  };
}
