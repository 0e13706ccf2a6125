import { isObject } from '../check-value.js';
import { isPercent, recordOf } from './cells.js';
import type { Columns } from './columns.js';
import type { Fields } from './fields.js';
import type { Row } from './row.js';

/** Whether stated confidence is in percent, told from the first rows of a table. */
export function arePercent(rows: readonly Row[], columnsFor: (row: Fields) => Columns): boolean {
  return rows.some(({ value }) => isObject(value) && isPercent(value, columnsFor(value)));
}

/** Rows of a table by their columns. */
export function tableConverter(
  rows: readonly Row[],
  columnsFor: (row: Fields) => Columns,
  file: string,
): (row: Row) => unknown {
  return byColumns(columnsFor, arePercent(rows, columnsFor), file);
}

export function byColumns(columnsFor: (row: Fields) => Columns, percent: boolean, file: string): (row: Row) => unknown {
  return (row) =>
    isObject(row.value) ? recordOf(row.value, columnsFor(row.value), percent, file, row.line) : row.value;
}
