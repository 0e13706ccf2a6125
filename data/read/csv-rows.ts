import { Readable } from 'node:stream';
import { type CsvError, type InfoRecord, parse } from 'csv-parse';
import { VouchError } from '../../support/errors.js';
import type { Source } from './bytes.js';
import type { Row } from './row.js';

/** A row of a CSV file: cells by column name. */
export interface CsvRow extends Row {
  value?: Record<string, string>;
}

const BATCH = 256;

interface Parsed {
  record: string[];
  info: InfoRecord;
  raw: string;
}

/**
 * The rows of a CSV file with a header; separator , ; tab or | by the header. Line numbers are those where a row begins,
 * quoted newlines counted. A row with too many or too few cells, and a quote that is never closed, is a row with BAD_CSV.
 */
export async function* csvRows(source: Source): AsyncGenerator<CsvRow[]> {
  const { file } = source;
  const parser = parse({
    delimiter: delimiterOf(source.head),
    bom: true,
    info: true,
    raw: true,
    relax_quotes: true,
    relax_column_count: true,
    skip_empty_lines: true,
  });
  const input = Readable.from(source.chunks);
  input.on('error', (error) => parser.destroy(error));
  let header: string[] | undefined;
  let rows: CsvRow[] = [];
  let last = 0;
  try {
    for await (const { record, info, raw } of input.pipe(parser) as AsyncIterable<Parsed>) {
      const text = raw.replace(/^[\r\n]+|[\r\n]+$/g, '');
      const line = info.lines - (text.split('\n').length - 1);
      last = info.lines;
      if (header === undefined) header = headerOf(record, file, line);
      else rows.push(rowOf(header, record, text, file, line));
      if (rows.length === BATCH) {
        yield rows;
        rows = [];
      }
    }
  } catch (cause) {
    if (!String((cause as CsvError).code).startsWith('CSV_')) throw cause;
    const { code, raw: text = '' } = cause as CsvError & { raw?: string };
    const what =
      code === 'CSV_QUOTE_NOT_CLOSED' ? 'a quote opens in this row and is never closed' : (cause as Error).message;
    rows.push({ line: last + 1, text, error: new VouchError('BAD_CSV', what, { file, line: last + 1, cause }) });
  } finally {
    input.destroy();
  }
  if (rows.length > 0) yield rows;
}

function rowOf(header: string[], cells: string[], text: string, file: string, line: number): CsvRow {
  if (cells.length !== header.length) {
    const expected = `${header.length} cells as in the header`;
    const error = new VouchError('BAD_CSV', 'the row does not fit the header', {
      file,
      line,
      expected,
      got: cells.length,
    });
    return { line, text, error };
  }
  const value: Record<string, string> = {};
  for (let i = 0; i < header.length; i++) value[header[i]] = cells[i];
  return { line, text, value };
}

function headerOf(cells: string[], file: string, line: number): string[] {
  const names = cells.map((cell, i) => cell.trim() || `column ${i + 1}`);
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice !== undefined)
    throw new VouchError('BAD_CSV', 'two columns have the same name', { file, line, got: twice });
  return names;
}

/** The separator that stands most often in the first line, outside quotes. */
function delimiterOf(head: Buffer): string {
  const cut = head.indexOf(10);
  const line = head.toString('utf8', 0, cut < 0 ? head.length : cut).replace(/"[^"]*"/g, '');
  const count = (mark: string) => line.split(mark).length;
  return [',', ';', '\t', '|'].reduce((best, mark) => (count(mark) > count(best) ? mark : best));
}
