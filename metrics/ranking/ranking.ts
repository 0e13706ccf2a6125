import type { Table } from '../scored.js';
import { kept, perDraw } from '../shared.js';

/**
 * Sums over the rows below each run of equal probabilities, ascending. There is one more entry than runs: the last is
 * the total.
 */
export interface RankedSums {
  weight: Float64Array;
  /** Sums of weight · label and of weight · probability. */
  right: Float64Array;
  said: Float64Array;
}

export interface Ranking {
  runs: number;
  /** One row of each run, and the run of each row. */
  row: Int32Array;
  run: Int32Array;
  sums(times: Float64Array): RankedSums;
}

/**
 * Rows ranked by probability; ties are one run. Every metric that depends on order or on bins of neighbours reads its
 * numbers from these sums, so that a draw costs one pass over the rows for any number of metrics. Rows that share run
 * and group are one entry. The arrays are reused: the next draw overwrites them.
 */
export function ranking(table: Table): Ranking {
  return kept(table, prepare);
}

function prepare({ n, probability, label, weight, group }: Table): Ranking {
  const order = Int32Array.from(label.keys()).sort((a, b) => probability[a] - probability[b] || group[a] - group[b]);
  const groups = new Int32Array(n);
  const weights = new Float64Array(n);
  const rights = new Float64Array(n);
  const run = new Int32Array(n);
  const start: number[] = [];
  const rows: number[] = [];
  let entries = 0;
  order.forEach((i, k) => {
    const fresh = k === 0 || probability[i] !== probability[order[k - 1]];
    if (fresh) {
      start.push(entries);
      rows.push(i);
    }
    run[i] = rows.length - 1;
    if (fresh || group[i] !== group[order[k - 1]]) groups[entries++] = group[i];
    weights[entries - 1] += weight[i];
    rights[entries - 1] += weight[i] * label[i];
  });
  const runs = rows.length;
  const ends = Int32Array.from([...start, entries]);
  const level = Float64Array.from(rows, (i) => probability[i]);
  const below: RankedSums = {
    weight: new Float64Array(runs + 1),
    right: new Float64Array(runs + 1),
    said: new Float64Array(runs + 1),
  };
  const sums = (times: Float64Array): RankedSums => {
    const { weight, right, said } = below;
    let mass = 0;
    let good = 0;
    let claim = 0;
    let k = 0;
    for (let r = 0; r < runs; r++) {
      const before = mass;
      for (const end = ends[r + 1]; k < end; k++) {
        const count = times[groups[k]];
        mass += count * weights[k];
        good += count * rights[k];
      }
      claim += (mass - before) * level[r];
      weight[r + 1] = mass;
      right[r + 1] = good;
      said[r + 1] = claim;
    }
    return below;
  };
  return { runs, row: Int32Array.from(rows), run, sums: perDraw(sums) };
}
