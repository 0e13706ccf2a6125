import { VouchError } from '../../support/errors.js';
import { isObject } from '../check-value.js';
import { openBytes, type Source } from './bytes.js';
import { isPercent, recordOf } from './cells.js';
import { type Columns, columnsOf, jsonColumns } from './columns.js';
import { csvRows } from './csv-rows.js';
import type { Fields } from './fields.js';
import { layoutOf } from './format.js';
import { jsonRows } from './json-rows.js';
import type { ColumnMap } from './map.js';
import { fromOpenAi, isOpenAi, type Requests } from './openai.js';
import { openParquet } from './parquet-rows.js';
import type { Row } from './row.js';

/** Formats that can be asked for; without one it is told from the file. */
export const formats = ['jsonl', 'csv', 'parquet', 'openai'] as const;
export type FormatName = (typeof formats)[number];

export interface RowOptions {
  format?: FormatName;
  map?: ColumnMap;
  requests?: Requests;
}

/** Some rows of a file, bytes read up to them, and how a row's value becomes an object of canonical fields. */
export interface Piece {
  rows: Row[];
  read: number;
  convert(row: Row): unknown;
}

/** The rows of one file in whatever format, in order, a few hundred at a time. */
export async function* rowsOf(file: string, options: RowOptions): AsyncGenerator<Piece> {
  const source = await openBytes(file);
  const { format, map } = options;
  try {
    const layout = format === undefined ? layoutOf(file, source.head) : format === 'openai' ? 'jsonl' : format;
    if (layout === 'parquet') yield* parquetPieces(file, map ?? {});
    else if (layout === 'csv') yield* csvPieces(source, map ?? {});
    else yield* jsonPieces(source, options);
  } finally {
    source.close();
  }
}

async function* jsonPieces(source: Source, { format, map, requests = new Map() }: RowOptions): AsyncGenerator<Piece> {
  const { file } = source;
  let convert: Piece['convert'] | undefined;
  for await (const rows of jsonRows(source)) {
    const good = rows.filter((row) => row.error === undefined);
    if (convert === undefined && good.length > 0) {
      if (format === 'openai' || (format === undefined && good.some((row) => isOpenAi(row.value)))) {
        const read = (row: Row) => fromOpenAi(row.value, requests, file, row.line);
        convert = map === undefined ? read : (row) => mapped(read(row), map, file, row.line);
      } else if (map !== undefined) convert = tableConverter(rows, (row) => jsonColumns(row, map), file);
      else convert = (row) => row.value;
    }
    yield { rows, read: source.read, convert: convert ?? ((row) => row.value) };
  }
}

async function* csvPieces(source: Source, map: ColumnMap): AsyncGenerator<Piece> {
  const { file } = source;
  let convert: Piece['convert'] | undefined;
  for await (const rows of csvRows(source)) {
    const good = rows.find((row) => row.value !== undefined);
    if (convert === undefined && good?.value !== undefined) {
      const columns = columnsOf(Object.keys(good.value), map, file, 'BAD_CSV');
      convert = tableConverter(rows, () => columns, file);
    }
    yield { rows, read: source.read, convert: convert ?? ((row) => row.value) };
  }
}

async function* parquetPieces(file: string, map: ColumnMap): AsyncGenerator<Piece> {
  if (file === '-') {
    throw new VouchError('BAD_USAGE', 'Parquet is read from its end', {
      file,
      expected: 'a file instead of standard input',
    });
  }
  const table = await openParquet(file);
  const columns = columnsOf(table.columns, map, file, 'BAD_PARQUET');
  let convert: Piece['convert'] | undefined;
  for await (const { rows, read } of table.rows()) {
    convert ??= tableConverter(rows, () => columns, file);
    yield { rows, read, convert };
  }
}

/** Rows of a table by their columns; whether stated confidence is in percent is told from the first rows. */
function tableConverter(rows: Row[], columnsFor: (row: Fields) => Columns, file: string): Piece['convert'] {
  const values = rows.flatMap((row) => (isObject(row.value) ? [row.value] : []));
  const percent = values.some((value) => isPercent(value, columnsFor(value)));
  return (row) =>
    isObject(row.value) ? recordOf(row.value, columnsFor(row.value), percent, file, row.line) : row.value;
}

/** A record read from a log, with further fields taken from what stands beside. */
function mapped(record: Fields, map: ColumnMap, file: string, line: number): Fields {
  return recordOf(record, jsonColumns(record, map), false, file, line);
}
