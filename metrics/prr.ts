import { aurc } from './aurc.js';

/**
 * Prediction rejection ratio: (r − AURC) / (r − AURC of the best ranking), r the share of errors, which is the AURC of a
 * random ranking. 1 is the oracle, 0 no skill, below 0 worse than chance; NaN when all labels are the same.
 * Source: Malinin & Gales 2021, sec. 6; the area is of mean quality among the kept, as in LM-Polygraph (Fadeeva et al. 2023).
 */
export function prr(probability: Float64Array, label: Float64Array, weight?: Float64Array): number {
  let wrong = 0;
  let total = 0;
  for (let i = 0; i < label.length; i++) {
    const w = weight?.[i] ?? 1;
    wrong += w * (1 - label[i]);
    total += w;
  }
  const random = wrong / total;
  return (random - aurc(probability, label, weight)) / (random - aurc(label, label, weight));
}
