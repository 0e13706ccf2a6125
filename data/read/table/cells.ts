import { VouchError } from '../../../support/errors.js';
import { setOwn } from '../../../support/set-own.js';
import { finishOf } from '../../finish.js';
import { GRADES, gradeOf } from '../../grade.js';
import { fieldAt } from '../../path.js';
import { truthOf } from '../../truth.js';
import { type NumberStyle, numberIn, withPoint } from '../csv/number-style.js';
import type { Columns } from './columns.js';
import type { Fields } from './fields.js';
import { parseNested } from './nested.js';
import { textsOf } from './texts.js';

/** Sets of fields: the field decides what a cell becomes. */
const LISTS = new Set(['context', 'facts', 'reference']);
/**
 * In these fields "nan" and "None" are what str() wrote for a missing value. In a reference they may be the real
 * answer.
 */
const PASSAGES = new Set(['context', 'facts']);
const NESTED = new Set([
  'messages',
  'decoding',
  'tokens',
  'choices',
  'samples',
  'verifiers',
  'embedding',
  'embeddings',
  'similarities',
  'entailments',
  'features',
  'labels',
]);
/** A stated confidence up to this number may be on a scale of its own. */
const MOST_OF_A_SCALE = 10;

/** How the cells of a table are read, detected from its first rows. */
interface CellStyle {
  /** Stated confidence is given as 0–100. */
  percent: boolean;
  /** How the numbers of a column are written. A column that is not listed has a decimal point. */
  numbers?: ReadonlyMap<string, NumberStyle>;
}

/**
 * Turns a row of a table into an object of canonical fields that are still to be checked. Cells of CSV are text, those
 * of Parquet may be anything. Empty and null cells are missing, but an empty answer is an answer. Errors: BAD_RECORD,
 * BAD_LABEL, with the field.
 */
export function recordOf(row: Fields, columns: Columns, style: CellStyle): Fields {
  const record: Fields = {};
  for (const [field, column] of columns.fields) {
    const cell = fieldAt(row, column);
    if (cell == null || (cell === '' && field !== 'answer')) continue;
    if (PASSAGES.has(field) && typeof cell === 'string' && /^\s*(?:nan|null|none)\s*$/i.test(cell)) continue;
    const dot = field.indexOf('.');
    if (dot < 0) record[field] = fieldOf(field, column, cell, style);
    else {
      const within = (record[field.slice(0, dot)] ??= {}) as Fields;
      setOwn(within, field.slice(dot + 1), numberOf(field, column, cell, style));
    }
  }
  for (const [key, column] of columns.rest) {
    if (row[column] != null && row[column] !== '') setOwn(record, key, row[column]);
  }
  return record;
}

/**
 * Whether stated confidence is in percent, detected from some rows: one value has a %, or is above 10. Error:
 * BAD_RECORD if values are above 1 but never above 10: the column does not show which scale that is.
 */
export function arePercent(rows: readonly Fields[], columnsFor: (row: Fields) => Columns): boolean {
  let most = 0;
  for (const row of rows) {
    const column = columnsFor(row).fields.find(([field]) => field === 'stated')?.[1];
    const cell = column === undefined ? undefined : fieldAt(row, column);
    if (cell == null) continue;
    if (typeof cell === 'string' && cell.trim().endsWith('%')) return true;
    const value = Number(typeof cell === 'string' ? withPoint(cell) : cell);
    if (value > most) most = value;
  }
  if (most <= 1 || most > MOST_OF_A_SCALE) return most > 1;
  throw new VouchError('BAD_RECORD', 'the values are neither shares nor percentages', {
    field: 'stated',
    expected: 'a number in 0..1, or percentages',
    got: most,
    hint: 'If it has a scale of its own, read it as a signal: --map features.confidence=COLUMN.',
  });
}

function fieldOf(field: string, column: string, cell: unknown, { percent }: CellStyle): unknown {
  if (LISTS.has(field)) return textsOf(cell, field);
  if (field === 'label') return labelOf(cell, column);
  if (field === 'stated') return statedOf(cell, percent);
  if (field === 'selected') return truthOf(cell);
  if (field === 'finish') return finishOf(cell) ?? textOf(cell);
  return NESTED.has(field) ? nestedOf(field, column, cell) : textOf(cell);
}

/** A list or an object; text is parsed. */
function nestedOf(field: string, column: string, cell: unknown): unknown {
  const expected = 'a list or an object, written as JSON or by Python';
  let value = cell;
  try {
    if (typeof cell === 'string') value = parseNested(cell);
  } catch (cause) {
    throw new VouchError('BAD_RECORD', 'the cell is not JSON', { field, expected, got: cell, cause });
  }
  if (typeof value !== 'number') return value;
  const hint = `If this number is a count, read it as a signal: --map features.${column}=${column}.`;
  throw new VouchError('BAD_RECORD', 'the cell is a number', { field, expected, got: value, hint });
}

function textOf(cell: unknown): unknown {
  return typeof cell === 'number' || typeof cell === 'bigint' || typeof cell === 'boolean' ? String(cell) : cell;
}

/** A number or a truth value if the text is one, null if it means missing; else the text. */
function numberOf(field: string, column: string, cell: unknown, { numbers }: CellStyle): unknown {
  if (typeof cell === 'number') return Number.isNaN(cell) ? null : cell;
  if (typeof cell !== 'string') return cell;
  const word = cell.trim();
  if (/^(true|false)$/i.test(word)) return word.toLowerCase() === 'true';
  if (/^(nan|null|none)$/i.test(word)) return null;
  if (field.startsWith('choices.')) return scalarOf(withPoint(word)) ?? cell;
  const style = numbers?.get(column);
  try {
    return (style === undefined ? scalarOf(word) : numberIn(word, style)) ?? cell;
  } catch (error) {
    throw error instanceof VouchError
      ? new VouchError(error.code, error.what, { ...error.detail, field: column })
      : error;
  }
}

function scalarOf(word: string): number | undefined {
  const number = Number(word);
  return word === '' || Number.isNaN(number) ? undefined : number;
}

/** A value with % is a percentage; other values are percentages if their column is. */
function statedOf(cell: unknown, percent: boolean): unknown {
  if (typeof cell !== 'string') return ofHundred(cell, percent);
  const word = withPoint(cell).trim();
  if (/^(nan|null|none)$/i.test(word)) return null;
  const value = scalarOf(word.replace(/\s*%$/, ''));
  return value === undefined ? cell : word.endsWith('%') ? value / 100 : ofHundred(value, percent);
}

function ofHundred(value: unknown, percent: boolean): unknown {
  if (typeof value !== 'number' || !percent) return Number.isNaN(value) ? null : value;
  if (value <= 0 || value >= 1) return value / 100;
  const hint = 'Write all values as shares, or all with %.';
  throw new VouchError('BAD_RECORD', 'is below 1 among percentages', { field: 'stated', got: value, hint });
}

function labelOf(cell: unknown, column: string): number | null {
  const label = gradeOf(typeof cell === 'string' ? withPoint(cell) : cell);
  if (!Number.isNaN(label)) return label;
  throw new VouchError('BAD_LABEL', 'cannot be read as a label', {
    field: column,
    expected: GRADES,
    got: cell,
    hint: `Define what it means: --label-column ${column} --label-values "${String(cell).trim()}=1",….`,
  });
}
