import { VouchError } from '../../../support/errors.js';
import { setOwn } from '../../../support/set-own.js';
import { isObject } from '../../check-value.js';
import { type NumberStyle, settled, styleOf } from '../csv/number-style.js';
import { detect, readIn } from '../formats/detect.js';
import { logFormatNamed } from '../formats/list.js';
import type { Context, LogFormat } from '../formats/log-format.js';
import type { ColumnMap } from '../map/map.js';
import { hintOf, suggestMap } from '../map/suggest-map.js';
import type { Convert } from '../read-row.js';
import type { Row } from '../row.js';
import { arePercent, recordOf } from './cells.js';
import { type Columns, columnsOf, NO_ANSWER_COLUMN } from './columns.js';
import type { Fields } from './fields.js';
import { parseNested } from './nested.js';

/** What is known about a table before its rows are read. */
interface TableOptions {
  header: readonly string[];
  file: string;
  code: 'BAD_CSV' | 'BAD_PARQUET';
  /** The format requested with `--format`. */
  format?: string;
  map?: ColumnMap;
  /** Grades come from a separate file. */
  graded?: boolean;
  context: Context;
}

/**
 * How the rows of a table become records: each row is read by a log format, or fields are found by the names of the
 * columns.
 */
type TablePlan = { log: LogFormat; why: string | null } | { log: null; columns: Columns };

/**
 * Chooses the plan of a table: the requested log format; else, without a map, the log format of the first row; else the
 * columns by their names. `first` is the first row, if it is available. Errors: those of `columnsOf`.
 */
export function tablePlanOf(
  first: Fields | undefined,
  { header, file, code, format, map, graded, context }: TableOptions,
): TablePlan {
  const named = format === undefined ? undefined : logFormatNamed(format, context.readers);
  if (named !== undefined) return { log: named, why: null };
  const found = map !== undefined || first === undefined ? null : detect(unfolded(first), context.readers);
  if (found !== null) return { log: found.format, why: found.why };
  try {
    return { log: null, columns: columnsOf(header, { map: map ?? {}, file, code, graded }) };
  } catch (error) {
    if (!(error instanceof VouchError) || error.what !== NO_ANSWER_COLUMN || map !== undefined) throw error;
    const suggested = suggestMap(first);
    if (suggested === null) throw error;
    throw new VouchError(error.code, error.what, { ...error.detail, hint: hintOf(suggested) });
  }
}

/** The function that turns the rows of a table into records. `rows` are its first rows. */
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
      return readIn(log, unfolded(value as Fields), context);
    };
  }
  const { columns } = plan;
  const values = rows.map(({ value }) => value).filter(isObject);
  const percent = withFile(file, () => arePercent(values, () => columns));
  const numbers = code === 'BAD_CSV' ? numberStyles(values, columns) : undefined;
  const why = describe(columns, numbers);
  return ({ value, line }) => {
    context.detected?.(table, why);
    return [{ record: withFile(file, () => recordOf(value as Fields, columns, { percent, numbers }), line) }];
  };
}

/** How numbers are written in the columns that contain them, detected from the first rows. */
function numberStyles(rows: readonly Fields[], { fields }: Columns): Map<string, NumberStyle> {
  const numeric = fields.filter(([field]) => /^(stated|label)$|^(features|verifiers|choices|decoding)\./.test(field));
  return settled(new Map(numeric.map(([, column]) => [column, styleOf(rows.map((row) => row[column]))])));
}

/** Describes which columns are read as which fields, and what was detected from the first rows. */
function describe({ fields, guessed, rivals }: Columns, numbers: ReadonlyMap<string, NumberStyle> = new Map()): string {
  const named = fields.map(([field, column]) => (field === column ? field : `${field} ← ${column}`)).join(', ');
  const also = guessed.flatMap(([field]) => rivals.filter(([rival]) => rival === field));
  const commas = [...numbers].filter(([, style]) => style === 'comma' || style === 'dots').map(([column]) => column);
  return [
    named,
    ...also.map(([field, column]) => `${column} could also be ${field}`),
    ...(commas.length > 0 ? [`the comma is decimal in ${commas.join(', ')}`] : []),
  ].join('; ');
}

/** Runs `work` and adds file and line to its errors. */
function withFile<T>(file: string, work: () => T, line?: number): T {
  try {
    return work();
  } catch (error) {
    throw error instanceof VouchError ? error.at(file, line) : error;
  }
}

/**
 * A row in which cells with JSON text are parsed into objects and lists, as log formats expect them. Empty cells are
 * left out.
 */
function unfolded(row: Fields): Fields {
  const made: Fields = {};
  for (const key in row) {
    const cell = row[key];
    if (cell === '' || cell === null) continue;
    setOwn(made, key, typeof cell === 'string' && /^\s*[[{]/.test(cell) ? (jsonIn(cell) ?? cell) : cell);
  }
  return made;
}

function jsonIn(cell: string): unknown {
  try {
    return parseNested(cell);
  } catch {
    return undefined;
  }
}
