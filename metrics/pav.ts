import { ascending, tieEnds } from './order.js';

/**
 * Isotonic regression of the label on the score by pooling adjacent violators: the non-decreasing values nearest to the
 * labels in weighted squares. Returns the fitted value of each row; equal scores share one. O(n log n).
 * Source: Ayer et al. 1955.
 */
export function pav(score: Float64Array, label: Float64Array, weight: Float64Array): Float64Array {
  const order = ascending(score);
  const value: number[] = [];
  const mass: number[] = [];
  const end: number[] = [];
  let start = 0;
  for (const stop of tieEnds(score, order)) {
    let w = 0;
    let sum = 0;
    for (let i = start; i < stop; i++) {
      w += weight[order[i]];
      sum += weight[order[i]] * label[order[i]];
    }
    start = stop;
    if (w === 0) {
      if (end.length > 0) end[end.length - 1] = stop;
      continue;
    }
    let mean = sum / w;
    while (value.length > 0 && (value.at(-1) as number) >= mean) {
      const before = mass.pop() as number;
      mean = (before * (value.pop() as number) + w * mean) / (before + w);
      w += before;
      end.pop();
    }
    value.push(mean);
    mass.push(w);
    end.push(stop);
  }
  const fitted = new Float64Array(score.length);
  let from = 0;
  for (let b = 0; b < end.length; b++) {
    for (let i = from; i < end[b]; i++) fitted[order[i]] = value[b];
    from = end[b];
  }
  return fitted;
}
