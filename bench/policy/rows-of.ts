import type { CaseTable } from '../../policy/table.js';

/** Some rows of a table. */
export function rowsOf(table: CaseTable, rows: Int32Array): CaseTable {
  const of = (values: Float64Array) => Float64Array.from(rows, (i) => values[i]);
  return {
    n: rows.length,
    group: rows.map((i) => table.group[i]),
    weight: of(table.weight),
    states: new Map([...table.states].map(([key, { p, y }]) => [key, { p: of(p), y: of(y) }])),
  };
}
