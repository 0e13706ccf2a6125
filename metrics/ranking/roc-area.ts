import type { Resampled } from '../metric.js';
import type { Table } from '../scored.js';

/**
 * Area under the ROC curve within each slice, averaged by weight over the slices with both classes. Rows are sorted
 * once by slice and score; a draw is then one pass that sums the wrong weight below each run of ties. NaN if no slice
 * has both classes.
 */
export function rocArea({ n, probability, label, weight, group, slice }: Table): Resampled {
  const order = Int32Array.from(label.keys()).sort((a, b) => slice[a] - slice[b] || probability[a] - probability[b]);
  const groups = Int32Array.from(order, (i) => group[i]);
  const right = Float64Array.from(order, (i) => weight[i] * label[i]);
  const wrong = Float64Array.from(order, (i) => weight[i] * (1 - label[i]));
  /** Ends of the runs of ties, and the number of runs up to the end of each slice. */
  const runs: number[] = [];
  const sliceEnds: number[] = [];
  for (let k = 1; k <= n; k++) {
    const other = k === n || slice[order[k]] !== slice[order[k - 1]];
    if (other || probability[order[k]] !== probability[order[k - 1]]) runs.push(k);
    if (other) sliceEnds.push(runs.length);
  }
  const ends = Int32Array.from(runs);
  return (times) => {
    let sum = 0;
    let weights = 0;
    let run = 0;
    let k = 0;
    for (const last of sliceEnds) {
      let area = 0;
      let good = 0;
      let bad = 0;
      for (; run < last; run++) {
        const below = bad;
        let here = 0;
        for (const end = ends[run]; k < end; k++) {
          const count = times[groups[k]];
          here += count * right[k];
          bad += count * wrong[k];
        }
        area += here * (below + bad);
        good += here;
      }
      if (good > 0 && bad > 0) {
        sum += ((good + bad) * area) / (2 * good * bad);
        weights += good + bad;
      }
    }
    return sum / weights;
  };
}
