import { VouchError } from '../../../support/errors.js';
import { plainText } from '../../write/formula-text.js';
import { tooLong } from '../json/json-rows.js';
import { MOST_LINE } from '../lines.js';
import type { Row } from '../row.js';
import type { Source } from '../unpack/bytes.js';
import { dialectOf } from './dialect.js';
import { markedText, NO_UTF8 } from './marked.js';
import { type CellRow, rowCutter } from './row-cutter.js';

/** A row of a CSV file: cells by column name. */
export interface CsvRow extends Row {
  value?: Record<string, string>;
}

/** Columns of texts that vouch writes itself. */
const NAMES = new Set(['id', 'group', 'model', 'task']);
const BATCH = 256;
/** A file whose first bytes are fewer than this is at hand whole. */
const HEAD = 64 * 1024;

/**
 * The rows of a CSV file with a header; how it is written is told from its first rows (`csv/dialect.ts`). Line numbers are
 * those where a row begins, quoted newlines counted. Rows of nothing but separators are passed over. A row with too many or too
 * few cells, longer than `mostLine`, with bytes that are no UTF-8, with text behind a closing quote, and a quote that is never closed, is a row with
 * BAD_CSV. Error: BAD_CSV for a header that names a column twice or is no UTF-8 text.
 */
export async function* csvRows(source: Source, mostLine: number = MOST_LINE): AsyncGenerator<CsvRow[]> {
  const { file, head } = source;
  const dialect = dialectOf(head, head.length < HEAD, file);
  const cutter = rowCutter(dialect, mostLine);
  let header: string[] | undefined;
  const made = (found: CellRow[]): CsvRow[] => {
    const rows: CsvRow[] = [];
    for (const each of found) {
      const row = { ...each, line: each.line + dialect.skippedLines };
      if (isBlank(row)) continue;
      if (header === undefined) header = headerOf(row, file);
      else rows.push(rowOf(header, row, file));
    }
    return rows;
  };
  for await (const text of markedText(source.chunks, dialect.skip)) {
    const rows = made(cutter.push(text));
    for (let at = 0; at < rows.length; at += BATCH) yield rows.slice(at, at + BATCH);
  }
  const rest = made(cutter.end());
  if (rest.length > 0) yield rest;
}

/** Separators alone, as spreadsheets leave them at the end. Of one column, `""` is an empty cell and no blank row. */
function isBlank({ cells, text, fault }: CellRow): boolean {
  return fault === undefined && cells.every((cell) => cell.trim() === '') && (cells.length > 1 || !text.includes('"'));
}

function rowOf(header: string[], { cells, text, line, fault, length }: CellRow, file: string): CsvRow {
  const at = { file, line };
  if (text.includes(NO_UTF8))
    return { line, text: text.replaceAll(NO_UTF8, '\uFFFD'), error: noUtf8(text, file, line) };
  if (fault === 'long') return { line, text, error: tooLong('BAD_CSV', length ?? text.length, at) };
  if (fault === 'open') {
    return { line, text, error: new VouchError('BAD_CSV', 'a quote opens in this row and is never closed', at) };
  }
  if (fault === 'behind') {
    const hint = 'In a quoted cell, a quote is written twice.';
    return {
      line,
      text,
      error: new VouchError('BAD_CSV', 'text follows the quote that closes a cell', { ...at, got: text, hint }),
    };
  }
  if (cells.length !== header.length) {
    const expected = `${header.length} cells as in the header`;
    const got = cells.length;
    return {
      line,
      text,
      error: new VouchError('BAD_CSV', 'the row does not fit the header', { ...at, expected, got }),
    };
  }
  const value: Record<string, string> = {};
  for (let i = 0; i < header.length; i++) value[header[i]] = NAMES.has(header[i]) ? plainText(cells[i]) : cells[i];
  return { line, text, value };
}

function noUtf8(text: string, file: string, line: number): VouchError {
  const at = text.indexOf(NO_UTF8);
  return new VouchError('BAD_CSV', 'this is not UTF-8 text', {
    file,
    line,
    got: text.slice(Math.max(0, at - 20), at + 20).replaceAll(NO_UTF8, '\uFFFD'),
    hint: 'Save it as UTF-8 (in Excel: "CSV UTF-8"), or convert it: iconv -f WINDOWS-1252 -t UTF-8 FILE.',
  });
}

function headerOf({ cells, text, line, fault }: CellRow, file: string): string[] {
  const at = { file, line };
  if (text.includes(NO_UTF8)) throw noUtf8(text, file, line);
  if (text.includes('\0')) {
    const hint = 'Save it as UTF-8.';
    throw new VouchError('BAD_CSV', 'the header holds zero bytes: UTF-16 or binary data', { ...at, hint });
  }
  if (fault !== undefined) throw new VouchError('BAD_CSV', 'the quotes of the header do not fit', { ...at, got: text });
  const names = cells.map((cell, i) => cell.trim() || `column ${i + 1}`);
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice === undefined) return names;
  const hint = 'Rename one of them.';
  throw new VouchError('BAD_CSV', 'two columns have the same name', { ...at, got: twice, hint });
}
