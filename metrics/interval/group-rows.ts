import type { Table } from '../scored.js';

/** Rows ordered by question: the rows of question q are order[start[q]] … order[start[q + 1] − 1]. */
interface GroupRows {
  order: Int32Array;
  start: Int32Array;
}

export function groupRowsOf({ group, groups }: Table): GroupRows {
  const start = new Int32Array(groups + 1);
  for (const g of group) start[g + 1]++;
  for (let g = 0; g < groups; g++) start[g + 1] += start[g];
  const next = start.slice();
  const order = new Int32Array(group.length);
  group.forEach((g, i) => {
    order[next[g]++] = i;
  });
  return { order, start };
}
