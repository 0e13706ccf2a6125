import { VouchError } from '../../support/errors.js';
import { openTokens } from '../duck/open-tokens.js';
import { TokenCursor } from '../duck/token-cursor.js';
import { csvRows } from './csv/csv-rows.js';
import { type Layout, layoutOf } from './format.js';
import { inspectArchiveRows } from './formats/evaluations/inspect-archive.js';
import { formatAliases, logFormats } from './formats/list.js';
import type { Context, LogFormat } from './formats/log-format.js';
import { joinedRows } from './formats/parts/pieces.js';
import { jsonConverter, jsonPlanOf, plainPlan } from './json/json-plan.js';
import { jsonRow, jsonRows } from './json/json-rows.js';
import { type JsonValue, jsonValuesOf } from './json/json-values.js';
import { sseValuesOf } from './json/sse-values.js';
import type { ColumnMap } from './map/map.js';
import { mapWatch } from './map/map-watch.js';
import { openParquet, type ParquetTable } from './parquet/parquet-rows.js';
import type { Convert } from './read-row.js';
import type { Row } from './row.js';
import { tableConverter, tablePlanOf } from './table/table-rows.js';
import { openBytes, type Source } from './unpack/bytes.js';

/** Formats that `--format` accepts. Without it, the format is detected from the content. */
export const formatNames: readonly string[] = [
  ...['jsonl', 'json', 'csv', 'parquet'],
  ...logFormats.map(({ name }) => name),
  ...formatAliases,
];

export interface RowOptions {
  /** One of `formatNames`. */
  format?: string;
  map?: ColumnMap;
  context?: Context;
  /** Allows tokens of Parquet to be returned packed, in `Row.tokens`, if DuckDB can read them. */
  packed?: boolean;
  /** Maximum bytes of a line of JSON Lines or a row of CSV. Longer ones are set aside. */
  mostLine?: number;
  /** If false, no column is taken for the label because of its name: the user says where labels are. */
  guessLabels?: boolean;
}

/** Checks a requested format. Error: BAD_USAGE with all names. */
export function checkFormat(format: string | undefined, readers: readonly LogFormat[] = []): void {
  const names = [...formatNames, ...readers.map(({ name }) => name)];
  if (format === undefined || names.includes(format)) return;
  throw new VouchError('BAD_USAGE', 'unknown format', { field: 'format', expected: names.join(', '), got: format });
}

/** A context without any requests. */
export const noContext: Context = { requests: new Map() };

/** Some rows of a file, how many bytes were read up to their end, and the function that turns them into records. */
interface Piece {
  rows: Row[];
  read: number;
  convert: Convert;
}

/** The rows of one file in any format, in order, a few hundred at a time. */
export async function* rowsOf(file: string, options: RowOptions): AsyncGenerator<Piece> {
  const source = await openBytes(file);
  const { format } = options;
  try {
    const layout = layoutFor(file, source.head, format);
    if (layout === 'parquet') yield* parquetPieces(file, options);
    else if (layout === 'csv') yield* csvPieces(source, options);
    else yield* jsonPieces(source, layout, options);
  } finally {
    source.close();
  }
}

/** The requested layout, or the one detected from the file. Errors: UNKNOWN_FORMAT. */
export function layoutFor(file: string, head: Buffer, format: string | undefined): Layout {
  if (format === 'csv' || format === 'parquet' || format === 'json') return format;
  return format === 'jsonl' ? format : layoutOf(file, head);
}

async function* jsonPieces(source: Source, layout: Layout, options: RowOptions): AsyncGenerator<Piece> {
  const { file } = source;
  const { format, map, context = noContext } = options;
  const rows = jsonRowsIn(source, layout, options.mostLine);
  const watch = mapWatch(map ?? {}, file);
  let convert: Convert | undefined;
  const joined = layout !== 'jsonl';
  for await (const some of joined ? joinedRows(rows) : rows) {
    if (convert === undefined) {
      const plan = jsonPlanOf(some, format, map, context.readers);
      if (plan !== null) convert = jsonConverter(plan, context, file, joined);
    }
    watch.lookAll(some);
    yield { rows: some, read: source.read, convert: convert ?? jsonConverter(plainPlan, context, file, joined) };
  }
  watch.finish();
}

function jsonRowsIn(source: Source, layout: Layout, mostLine?: number): AsyncGenerator<Row[]> {
  const { file, chunks } = source;
  if (layout === 'eval') return inspectArchiveRows(file);
  if (layout === 'json') return valueRows(jsonValuesOf(chunks), file);
  return layout === 'sse' ? valueRows(sseValuesOf(chunks, mostLine), file) : jsonRows(source, mostLine);
}

async function* valueRows(values: AsyncIterable<JsonValue[]>, file: string): AsyncGenerator<Row[]> {
  for await (const some of values)
    yield some.map(({ text, line, isDamaged, longer }) => jsonRow({ text, number: line, isDamaged, longer }, file));
}

async function* csvPieces(source: Source, options: RowOptions): AsyncGenerator<Piece> {
  const { file } = source;
  const { format, map, guessLabels = true, context = noContext } = options;
  const graded = !guessLabels;
  const watch = mapWatch(map ?? {}, file);
  let convert: Convert | undefined;
  for await (const rows of csvRows(source, options.mostLine)) {
    const good = rows.find((row) => row.value !== undefined);
    if (convert === undefined && good?.value !== undefined) {
      const table = { header: Object.keys(good.value), file, code: 'BAD_CSV', format, map, graded, context } as const;
      convert = tableConverter(tablePlanOf(good.value, table), rows, table);
    }
    watch.lookAll(rows);
    yield { rows, read: source.read, convert: convert ?? (() => []) };
  }
  watch.finish();
}

async function* parquetPieces(file: string, options: RowOptions): AsyncGenerator<Piece> {
  if (file === '-') {
    throw new VouchError('BAD_USAGE', 'Parquet cannot be read from standard input', {
      file,
      expected: 'a file, because Parquet is read from its end',
    });
  }
  const table = await openParquet(file);
  try {
    yield* tablePieces(file, table, options);
  } finally {
    await table.close();
  }
}

async function* tablePieces(file: string, table: ParquetTable, options: RowOptions): AsyncGenerator<Piece> {
  const { format, map, guessLabels = true, packed = false, context = noContext } = options;
  const graded = !guessLabels;
  const tableOptions = { header: table.columns, file, code: 'BAD_PARQUET', format, map, graded, context } as const;
  const first = table.columns.includes('answer') ? undefined : await table.first();
  const plan = tablePlanOf(first, tableOptions);
  const columns = plan.log === null ? plan.columns.fields : [];
  const column = packed ? columns.find(([field]) => field === 'tokens')?.[1] : undefined;
  const tokens = column === undefined || !table.columns.includes(column) ? null : await openTokens(file, column);
  const watch = mapWatch(map ?? {}, file);
  let convert: Convert | undefined;
  try {
    const read = tokens === null ? table.rows() : table.rows({ column: column!, cursor: new TokenCursor(tokens) });
    for await (const piece of read) {
      convert ??= tableConverter(plan, piece.rows, tableOptions);
      watch.lookAll(piece.rows);
      yield { ...piece, convert };
    }
    watch.finish();
  } finally {
    tokens?.close();
  }
}
