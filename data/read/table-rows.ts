import { isObject } from '../check-value.js';
import { isPercent, recordOf } from './cells.js';
import { type Columns, columnsOf } from './columns.js';
import type { Fields } from './fields.js';
import { detect } from './formats/detect.js';
import { logFormatNamed } from './formats/list.js';
import type { Context, LogFormat } from './formats/log-format.js';
import type { ColumnMap } from './map.js';
import { parseJson } from './parse-json.js';
import type { Convert } from './read-row.js';
import type { Row } from './row.js';

/** What is known of a table before its rows are read. */
export interface TableOptions {
  header: readonly string[];
  file: string;
  code: 'BAD_CSV' | 'BAD_PARQUET';
  /** As asked for by `--format`. */
  format?: string;
  map?: ColumnMap;
  context: Context;
}

/** How the rows of a table become records: each as a log format reads it, or by the names of the columns. */
export type TablePlan = { log: LogFormat; why: string | null } | { log: null; columns: Columns };

/**
 * Tells the plan of a table: the log format asked for, or that of its first row where no map is given; else the columns by their
 * names. `first` is its first row, where one is at hand. Errors: those of `columnsOf`.
 */
export function tablePlanOf(first: Fields | undefined, { header, file, code, format, map }: TableOptions): TablePlan {
  const named = format === undefined ? undefined : logFormatNamed(format);
  if (named !== undefined) return { log: named, why: null };
  const found = map !== undefined || first === undefined ? null : detect(unfolded(first));
  if (found !== null) return { log: found.format, why: found.why };
  return { log: null, columns: columnsOf(header, map ?? {}, file, code) };
}

/** What makes records of the rows of a table; `rows` are its first ones. */
export function tableConverter(
  plan: TablePlan,
  rows: readonly Row[],
  { file, code, context: given }: TableOptions,
): Convert {
  const context = { ...given, file };
  const table = code === 'BAD_CSV' ? 'csv' : 'parquet';
  if (plan.log !== null) {
    const { log, why } = plan;
    return ({ value }) => {
      if (why !== null) context.detected?.(log.name, why);
      return log.read(unfolded(value as Fields), context);
    };
  }
  const { columns } = plan;
  const percent = arePercent(rows, () => columns);
  const why = toldBy(columns);
  return ({ value, line }) => {
    context.detected?.(table, why);
    return [{ record: recordOf(value as Fields, columns, percent, file, line) }];
  };
}

/** Which columns are read as which fields. */
function toldBy({ fields }: Columns): string {
  return fields.map(([field, column]) => (field === column ? field : `${field} ← ${column}`)).join(', ');
}

/** Whether stated confidence is in percent, told from the first rows. */
export function arePercent(rows: readonly Row[], columnsFor: (row: Fields) => Columns): boolean {
  return rows.some(({ value }) => isObject(value) && isPercent(value, columnsFor(value)));
}

/** A row whose cells that hold JSON are objects and lists, as log formats have them; empty cells are left out. */
function unfolded(row: Fields): Fields {
  const made: Fields = {};
  for (const key in row) {
    const cell = row[key];
    if (cell === '' || cell === null) continue;
    made[key] = typeof cell === 'string' && /^\s*[[{]/.test(cell) ? (jsonIn(cell) ?? cell) : cell;
  }
  return made;
}

function jsonIn(cell: string): unknown {
  try {
    return parseJson(cell);
  } catch {
    return undefined;
  }
}
