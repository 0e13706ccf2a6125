import type { Resampled } from './metric.js';
import type { Table } from './scored.js';

/**
 * Area under the ROC curve inside each cell, averaged by weight over the cells with both classes, prepared: sorts once by
 * cell and score; a resample is then one pass that counts the wrong weight below each run of ties. NaN without such a cell.
 */
export function rocArea({ n, probability, label, weight, group, cell }: Table): Resampled {
  const order = Int32Array.from(label.keys()).sort((a, b) => cell[a] - cell[b] || probability[a] - probability[b]);
  const groups = Int32Array.from(order, (i) => group[i]);
  const right = Float64Array.from(order, (i) => weight[i] * label[i]);
  const wrong = Float64Array.from(order, (i) => weight[i] * (1 - label[i]));
  /** 1 at the last row of a run of ties, 2 at the last row of a cell. */
  const end = new Uint8Array(n);
  for (let i = 0; i < n; i++) {
    const next = order[i + 1];
    if (i + 1 === n || cell[next] !== cell[order[i]]) end[i] = 2;
    else if (probability[next] !== probability[order[i]]) end[i] = 1;
  }
  return (times) => {
    let sum = 0;
    let weights = 0;
    let area = 0;
    let rightTotal = 0;
    let below = 0;
    let rightHere = 0;
    let wrongHere = 0;
    for (let i = 0; i < n; i++) {
      const count = times[groups[i]];
      rightHere += count * right[i];
      wrongHere += count * wrong[i];
      if (end[i] === 0) continue;
      area += rightHere * (below + wrongHere / 2);
      rightTotal += rightHere;
      below += wrongHere;
      rightHere = wrongHere = 0;
      if (end[i] === 1) continue;
      if (rightTotal > 0 && below > 0) {
        sum += ((rightTotal + below) * area) / (rightTotal * below);
        weights += rightTotal + below;
      }
      area = rightTotal = below = 0;
    }
    return sum / weights;
  };
}
