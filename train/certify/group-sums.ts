import type { Table } from '../../metrics/scored.js';

/** What the accepted answers of one question weigh, and how much of that is wrong: 0 ≤ wrong ≤ mass. */
export interface GroupSum {
  mass: number;
  wrong: number;
}

/** Sums over the accepted answers (probability ≥ threshold) of each question that has any, in the order given. O(rows). */
export function groupSums(table: Table, threshold: number, order: Int32Array): GroupSum[] {
  const mass = new Float64Array(table.groups);
  const wrong = new Float64Array(table.groups);
  for (let i = 0; i < table.n; i++) {
    if (!(table.probability[i] >= threshold)) continue;
    mass[table.group[i]] += table.weight[i];
    wrong[table.group[i]] += table.weight[i] * (1 - table.label[i]);
  }
  return Array.from(order, (group) => ({ mass: mass[group], wrong: wrong[group] })).filter((sum) => sum.mass > 0);
}

/** Sums in units of `cap`; a heavier question is scaled down to 1, so that no sum leaves its bound whatever may come. */
export function capped(sums: GroupSum[], cap: number): GroupSum[] {
  return sums.map(({ mass, wrong }) => {
    const unit = Math.max(cap, mass);
    return { mass: mass / unit, wrong: Math.min(wrong, mass) / unit };
  });
}

/** The groups of a table as they come. */
export function plainOrder(table: Table): Int32Array {
  return Int32Array.from({ length: table.groups }, (_, g) => g);
}
