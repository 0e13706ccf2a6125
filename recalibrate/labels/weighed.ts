import { effectiveNumber } from '../../metrics/interval/effective-number.js';
import { pickRows } from '../../train/prepare/pick-rows.js';
import type { TrainingData } from '../../train/prepare/training-data.js';
import type { LabelSources } from './kinds.js';

/** The fresh answers with a drawn label instead of their own, and the weight 1/chance. */
export interface Weighed {
  data: TrainingData;
  isDrawn: boolean[];
}

/**
 * Gives each answer the weight 1 / (the chance that it got its label), times the weight of the label (Horvitz & Thompson
 * 1952): sums over labelled answers then estimate sums over all answers. A drawn label replaces feedback on the same
 * answer. Feedback without a known or estimated chance has the weight of its label.
 */
export function weighed(data: TrainingData, { drawn, chances }: LabelSources): Weighed {
  const labels = data.ids.map((id) => drawn.get(id));
  return {
    data: {
      ...data,
      y: data.y.map((y, row) => labels[row]?.value ?? y),
      w: data.w.map((w, row) => w / (labels[row]?.chance ?? chances?.get(data.ids[row]) ?? 1)),
    },
    isDrawn: labels.map((label) => label !== undefined),
  };
}

/**
 * Some of the rows, with weights whose sum is their effective number, so that a fit with few heavy answers is held as
 * close to what was trained as one with few answers.
 */
export function usedRows(data: TrainingData, rows: Int32Array): TrainingData {
  const picked = pickRows(data, rows);
  const w = Float64Array.from(rows, (row) => data.w[row]);
  const sum = w.reduce((total, each) => total + each, 0);
  const scale = effectiveNumber(w) / sum;
  return { ...picked, w: w.map((each) => each * scale) };
}
