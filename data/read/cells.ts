import { VouchError } from '../../support/errors.js';
import { GRADES, gradeOf } from '../grade.js';
import { fieldAt } from '../group.js';
import type { Columns } from './columns.js';
import type { Fields } from './fields.js';
import { parseJson } from './parse-json.js';
import { textsOf } from './texts.js';

/** What a cell becomes depends on the field it fills. */
const LISTS = new Set(['context', 'facts', 'reference']);
const NESTED = new Set([
  'messages',
  'decoding',
  'tokens',
  'choices',
  'samples',
  'verifiers',
  'embedding',
  'features',
  'labels',
]);

/**
 * One row of a table as an object of canonical fields, still to be checked: cells of CSV are text, those of Parquet may be
 * anything. Empty and null cells are missing, but an empty answer is an answer. `percent`: stated confidence is 0–100.
 */
export function recordOf(row: Fields, columns: Columns, percent: boolean, file: string, line: number): Fields {
  const record: Fields = {};
  for (const [field, column] of columns.fields) {
    const cell = fieldAt(row, column);
    if (cell == null || (cell === '' && field !== 'answer')) continue;
    const dot = field.indexOf('.');
    if (dot < 0) record[field] = fieldOf(field, column, cell, percent, file, line);
    else ((record[field.slice(0, dot)] ??= {}) as Fields)[field.slice(dot + 1)] = scalarOf(cell);
  }
  for (const [key, column] of columns.rest) {
    if (row[column] != null && row[column] !== '') record[key] = row[column];
  }
  return record;
}

/** Whether a row's stated confidence is a percentage: written with %, or above 1. */
export function isPercent(row: Fields, columns: Columns): boolean {
  const column = columns.fields.find(([field]) => field === 'stated')?.[1];
  if (column === undefined) return false;
  const cell = fieldAt(row, column);
  return String(cell).trim().endsWith('%') || Number(cell) > 1;
}

function fieldOf(field: string, column: string, cell: unknown, percent: boolean, file: string, line: number): unknown {
  if (LISTS.has(field)) return textsOf(cell, field);
  if (field === 'label') return labelOf(cell, column, file, line);
  if (field === 'stated') return statedOf(cell, percent);
  if (!NESTED.has(field)) return textOf(cell);
  if (typeof cell !== 'string') return cell;
  try {
    return parseJson(cell);
  } catch (cause) {
    throw new VouchError('BAD_RECORD', 'the cell is not JSON', {
      file,
      line,
      field,
      expected: 'JSON',
      got: cell,
      cause,
    });
  }
}

function textOf(cell: unknown): unknown {
  return typeof cell === 'number' || typeof cell === 'bigint' || typeof cell === 'boolean' ? String(cell) : cell;
}

/** A number where the text is one; true and false as such. */
function scalarOf(cell: unknown): unknown {
  if (typeof cell !== 'string') return typeof cell === 'number' && Number.isNaN(cell) ? null : cell;
  const word = cell.trim();
  if (/^(true|false)$/i.test(word)) return word.toLowerCase() === 'true';
  if (/^(nan|null)$/i.test(word)) return null;
  const number = Number(word);
  return word === '' || Number.isNaN(number) ? cell : number;
}

function statedOf(cell: unknown, percent: boolean): unknown {
  const value = scalarOf(typeof cell === 'string' ? cell.trim().replace(/\s*%$/, '') : cell);
  return typeof value === 'number' && percent ? value / 100 : value;
}

function labelOf(cell: unknown, column: string, file: string, line: number): number | null {
  const label = gradeOf(cell);
  if (Number.isNaN(label)) {
    throw new VouchError('BAD_LABEL', 'cannot be read as a label', {
      file,
      line,
      field: column,
      expected: GRADES,
      got: cell,
    });
  }
  return label;
}
