import { asyncBufferFromFile, parquetMetadataAsync, parquetReadObjects, parquetSchema, type RowGroup } from 'hyparquet';
import { compressors } from 'hyparquet-compressors';
import { VouchError } from '../../support/errors.js';
import type { TokenCursor } from '../duck/token-cursor.js';
import type { Fields } from './fields.js';
import type { Row } from './row.js';

/** A Parquet file opened: its columns and its rows, one row group at a time. */
export interface ParquetTable {
  columns: string[];
  /** The first row; undefined where there is none. Costs the decoding of the first row group. */
  first(): Promise<Fields | undefined>;
  /**
   * Rows, a few hundred at a time, and about how many bytes of the file lie before their end. With a cursor on the column of
   * tokens its values come packed, in `tokens`, and not in `value`.
   */
  rows(tokens?: { column: string; cursor: TokenCursor }): AsyncGenerator<{ rows: Row[]; read: number }>;
}

const SLICE = 128;
/** Values in lists and structs that one row group may hold: decoded they take some 500 bytes each. */
const MOST_NESTED = 6e6;

/** Opens a Parquet file by its footer. Memory: one row group, decoded. Errors: BAD_PARQUET. */
export async function openParquet(file: string): Promise<ParquetTable> {
  try {
    const bytes = await asyncBufferFromFile(file);
    const metadata = await parquetMetadataAsync(bytes);
    const columns = parquetSchema(metadata).children.map((child) => child.element.name);
    const read = (group: RowGroup, start: number, wanted: string[]): Promise<Fields[]> => {
      checkSize(group, file, start, wanted);
      const rowEnd = start + Number(group.num_rows);
      const options = { file: bytes, metadata, rowStart: start, rowEnd, compressors, columns: wanted };
      return parquetReadObjects(options).catch((cause: unknown) => {
        throw badParquet(file, cause);
      });
    };
    const first = async (): Promise<Fields | undefined> => {
      const [group] = metadata.row_groups;
      return group === undefined ? undefined : (plain((await read(group, 0, columns))[0]) as Fields | undefined);
    };
    return { columns, first, rows };
    async function* rows(tokens?: { column: string; cursor: TokenCursor }) {
      const rest = columns.filter((column) => column !== tokens?.column);
      let cursor = tokens?.cursor ?? null;
      let start = 0;
      for (const group of metadata.row_groups) {
        const objects = await read(group, start, cursor === null ? columns : rest);
        for (let at = 0; at < objects.length; at += SLICE) {
          const slice = objects.slice(at, at + SLICE);
          const first = start + at + 1;
          const made = slice.map((value, i): Row => ({ line: first + i, value: plain(value) }));
          if (cursor !== null && tokens !== undefined && !(await addTokens(made, cursor, tokens.column))) {
            cursor = null; // a text is no UTF-8, say: from here on they are read with the other columns
            const missed = await read(group, start, [tokens.column]);
            objects.forEach((object, i) => {
              object[tokens.column] = missed[i][tokens.column];
            });
            made.forEach((row, i) => {
              row.tokens = undefined;
              row.value = plain(slice[i]);
            });
          }
          const share = (start + at + slice.length) / Number(metadata.num_rows);
          yield { rows: made, read: Math.round(bytes.byteLength * share) };
        }
        start += objects.length;
      }
    }
  } catch (cause) {
    throw badParquet(file, cause);
  }
}

/** Gives rows their tokens; false where DuckDB fails. */
async function addTokens(rows: Row[], cursor: TokenCursor, column: string): Promise<boolean> {
  try {
    for (let at = 0; at < rows.length; ) {
      const taken = await cursor.take(rows.length - at);
      if (taken === null) return false;
      for (const tokens of taken.rows) {
        const row = rows[at++];
        if (tokens === null) continue;
        if ('odd' in tokens) (row.value as Fields)[column] = tokens.odd;
        else row.tokens = { block: taken.block, span: tokens };
      }
    }
    return true;
  } catch {
    return false;
  }
}

/** Refuses a row group that would not fit into memory, rather than dying on it. */
function checkSize(group: RowGroup, file: string, start: number, wanted: string[]): void {
  const nested = group.columns.filter(
    ({ meta_data: data }) => (data?.path_in_schema.length ?? 0) > 1 && wanted.includes(data!.path_in_schema[0]),
  );
  const values = nested.reduce((sum, { meta_data: data }) => sum + Number(data?.num_values ?? 0), 0);
  if (values <= MOST_NESTED) return;
  throw new VouchError('BAD_PARQUET', 'a row group is too large to be decoded in memory', {
    file,
    line: start + 1,
    expected: `at most ${MOST_NESTED} values in lists and structs`,
    got: values,
    hint: 'Write smaller row groups (pyarrow: row_group_size=1000), or JSON Lines.',
  });
}

function badParquet(file: string, cause: unknown): VouchError {
  if (cause instanceof VouchError) return cause;
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new VouchError('BAD_PARQUET', `cannot read this Parquet file: ${reason}`, { file, cause });
}

/** Parquet's values as JSON's: 64-bit integers as numbers (as text where they are too long), dates as ISO 8601, typed arrays as lists. */
function plain(value: unknown): unknown {
  if (typeof value === 'bigint') return Number.isSafeInteger(Number(value)) ? Number(value) : String(value);
  if (value === null || typeof value !== 'object') return value;
  if (value instanceof Date) return value.toISOString();
  if (ArrayBuffer.isView(value)) return Array.from(value as unknown as ArrayLike<number>, plain);
  if (Array.isArray(value)) return value.map(plain);
  const object = value as Record<string, unknown>;
  for (const key in object) object[key] = plain(object[key]);
  return object;
}
