import { VouchError } from '../../support/errors.js';
import { openTokens } from '../duck/open-tokens.js';
import { TokenCursor } from '../duck/token-cursor.js';
import { openBytes, type Source } from './bytes.js';
import { columnsOf } from './columns.js';
import { csvRows } from './csv-rows.js';
import { type Layout, layoutOf } from './format.js';
import { jsonConverter, jsonPlanOf } from './json-plan.js';
import { jsonRows } from './json-rows.js';
import type { ColumnMap } from './map.js';
import type { Requests } from './openai.js';
import { openParquet } from './parquet-rows.js';
import type { Before, Row } from './row.js';
import { tableConverter } from './table-rows.js';

/** Formats that can be asked for; without one it is told from the file. */
export const formats = ['jsonl', 'csv', 'parquet', 'openai'] as const;
export type FormatName = (typeof formats)[number];

export interface RowOptions {
  format?: FormatName;
  map?: ColumnMap;
  requests?: Requests;
  /** Tokens of Parquet may come packed, in `Row.tokens`, where DuckDB can read them. */
  packed?: boolean;
  /** False: columns of a table are not taken for labels by their names, as the user says where these are. */
  guessLabels?: boolean;
  before?: Before;
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
  const { format } = options;
  try {
    const layout = layoutFor(file, source.head, format);
    if (layout === 'parquet') yield* parquetPieces(file, options);
    else if (layout === 'csv') yield* csvPieces(source, options);
    else yield* jsonPieces(source, options);
  } finally {
    source.close();
  }
}

/** The layout asked for, or told from the file. Errors: UNKNOWN_FORMAT. */
export function layoutFor(file: string, head: Buffer, format: FormatName | undefined): Layout {
  if (format === undefined) return layoutOf(file, head);
  return format === 'openai' ? 'jsonl' : format;
}

async function* jsonPieces(source: Source, { format, map, requests }: RowOptions): AsyncGenerator<Piece> {
  const { file } = source;
  let convert: Piece['convert'] | undefined;
  for await (const rows of jsonRows(source)) {
    if (convert === undefined) {
      const plan = jsonPlanOf(rows, format, map);
      if (plan !== null) convert = jsonConverter(plan, requests, file);
    }
    yield { rows, read: source.read, convert: convert ?? ((row) => row.value) };
  }
}

async function* csvPieces(source: Source, { map = {}, guessLabels }: RowOptions): AsyncGenerator<Piece> {
  const { file } = source;
  let convert: Piece['convert'] | undefined;
  for await (const rows of csvRows(source)) {
    const good = rows.find((row) => row.value !== undefined);
    if (convert === undefined && good?.value !== undefined) {
      const columns = columnsOf(Object.keys(good.value), map, file, 'BAD_CSV', guessLabels);
      convert = tableConverter(rows, () => columns, file);
    }
    yield { rows, read: source.read, convert: convert ?? ((row) => row.value) };
  }
}

async function* parquetPieces(
  file: string,
  { map = {}, packed = false, guessLabels }: RowOptions,
): AsyncGenerator<Piece> {
  if (file === '-') {
    throw new VouchError('BAD_USAGE', 'Parquet is read from its end', {
      file,
      expected: 'a file instead of standard input',
    });
  }
  const table = await openParquet(file);
  const columns = columnsOf(table.columns, map, file, 'BAD_PARQUET', guessLabels);
  const column = packed ? columns.fields.find(([field]) => field === 'tokens')?.[1] : undefined;
  const tokens = column === undefined || !table.columns.includes(column) ? null : await openTokens(file, column);
  let convert: Piece['convert'] | undefined;
  try {
    const read = tokens === null ? table.rows() : table.rows({ column: column!, cursor: new TokenCursor(tokens) });
    for await (const piece of read) {
      convert ??= tableConverter(piece.rows, () => columns, file);
      yield { ...piece, convert };
    }
  } finally {
    tokens?.close();
  }
}
