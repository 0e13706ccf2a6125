import type { Table } from '../../metrics/scored.js';

/**
 * For each question: weight of its accepted answers, and of the wrong ones; 0 ≤ wrong ≤ mass ≤ 1, in units of the cap.
 */
export interface GroupSums {
  mass: Float64Array;
  wrong: Float64Array;
  /** Number of questions that are heavier than the cap and count as the cap. */
  capped: number;
}

/**
 * Sums over the accepted answers (probability ≥ threshold) of each question that has any, in the given order and in
 * units of `cap`. A heavier question is scaled down to 1, so that every sum is bounded for any population. O(rows).
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
