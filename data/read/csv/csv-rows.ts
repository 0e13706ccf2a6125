import { VouchError } from '../../../support/errors.js';
import { plainText } from '../../write/formula-text.js';
import { tooLong } from '../json/json-rows.js';
import { MOST_LINE } from '../lines.js';
import type { Row } from '../row.js';
import type { Source } from '../unpack/bytes.js';
import { dialectOf } from './dialect.js';
import { markedText, NO_UTF8 } from './marked.js';
import { type CellRow, rowCutter } from './row-cutter.js';

/** A row of a CSV file: its cells by column name. */
export interface CsvRow extends Row {
  value?: Record<string, string>;
}

/** Text columns that vouch writes itself (with formulas escaped). */
const NAMES = new Set(['id', 'group', 'model', 'task']);
const BATCH = 256;
/** A file that has fewer first bytes than this is completely in memory. */
const HEAD = 64 * 1024;

/**
 * Reads the rows of a CSV file with a header. Separator, quotes and newlines are detected from the first rows
 * (`csv/dialect.ts`). Line numbers say where a row begins; newlines in quotes are counted. Rows that contain only
 * separators are skipped. A row becomes a row with the error BAD_CSV if it has too many or too few cells, is longer
 * than `mostLine`, contains bytes that are not UTF-8 or text after a closing quote, or has a quote that is never
 * closed. Error: BAD_CSV for a header that names a column twice or is not UTF-8 text.
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

/**
 * A row of separators only, as spreadsheets leave them at the end. With one column, `""` is an empty cell, not a blank
 * row.
 */
function isBlank({ cells, text, fault }: CellRow): boolean {
  return fault === undefined && cells.every((cell) => cell.trim() === '') && (cells.length > 1 || !text.includes('"'));
}

function rowOf(header: string[], { cells, text, line, fault, length }: CellRow, file: string): CsvRow {
  const at = { file, line };
  if (text.includes(NO_UTF8))
    return { line, text: text.replaceAll(NO_UTF8, '\uFFFD'), error: noUtf8(text, file, line) };
  if (fault === 'long') return { line, text, error: tooLong('BAD_CSV', length ?? text.length, at) };
  if (fault === 'open') {
    return { line, text, error: new VouchError('BAD_CSV', 'this row opens a quote that is never closed', at) };
  }
  if (fault === 'behind') {
    const hint = 'In a quoted cell, write a quote twice.';
    return {
      line,
      text,
      error: new VouchError('BAD_CSV', 'there is text after the quote that closes a cell', { ...at, got: text, hint }),
    };
  }
  if (cells.length !== header.length) {
    const expected = `${header.length} cells`;
    const got = cells.length;
    return {
      line,
      text,
      error: new VouchError('BAD_CSV', 'the row has a different number of cells than the header', {
        ...at,
        expected,
        got,
      }),
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
    throw new VouchError('BAD_CSV', 'the header contains zero bytes: this is UTF-16 or binary data', { ...at, hint });
  }
  if (fault !== undefined)
    throw new VouchError('BAD_CSV', 'the quotes in the header do not match', { ...at, got: text });
  const names = cells.map((cell, i) => cell.trim() || `column ${i + 1}`);
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice === undefined) return names;
  const hint = 'Rename one of them.';
  throw new VouchError('BAD_CSV', 'two columns have the same name', { ...at, got: twice, hint });
}
