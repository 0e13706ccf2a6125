import type { Table } from '../../metrics/scored.js';

/** By question: what its accepted answers weigh, and how much of that is wrong; 0 ≤ wrong ≤ mass, in units of the cap ≤ 1. */
export interface GroupSums {
  mass: Float64Array;
  wrong: Float64Array;
  /** Questions heavier than the cap, which count as it. */
  capped: number;
}

/**
 * Sums over the accepted answers (probability ≥ threshold) of each question that has any, in the order given and in units of
 * `cap`. A heavier question is scaled down to 1, so that no sum leaves its bound whatever the population holds. O(rows).
 */
export function groupSums(table: Table, threshold: number, cap: number, order: Int32Array): GroupSums {
  const mass = new Float64Array(table.groups);
  const wrong = new Float64Array(table.groups);
  for (let i = 0; i < table.n; i++) {
    if (!(table.probability[i] >= threshold)) continue;
    mass[table.group[i]] += table.weight[i];
    wrong[table.group[i]] += table.weight[i] * (1 - table.label[i]);
  }
  const accepted = order.filter((group) => mass[group] > 0);
  return {
    capped: accepted.reduce((count, group) => count + (mass[group] > cap * (1 + 1e-9) ? 1 : 0), 0),
    mass: Float64Array.from(accepted, (group) => Math.min(1, mass[group] / cap)),
    wrong: Float64Array.from(accepted, (group) => Math.min(mass[group], wrong[group]) / Math.max(cap, mass[group])),
  };
}
