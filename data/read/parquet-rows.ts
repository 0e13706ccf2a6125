import { asyncBufferFromFile, parquetMetadataAsync, parquetReadObjects, parquetSchema, type RowGroup } from 'hyparquet';
import { compressors } from 'hyparquet-compressors';
import { VouchError } from '../../support/errors.js';
import type { Row } from './row.js';

/** A Parquet file opened: its columns and its rows, one row group at a time. */
export interface ParquetTable {
  columns: string[];
  /** Rows, a few hundred at a time, and about how many bytes of the file lie before their end. */
  rows(): AsyncGenerator<{ rows: Row[]; read: number }>;
}

const SLICE = 256;
/** Values in lists and structs that one row group may hold: decoded they take some 500 bytes each. */
const MOST_NESTED = 6e6;

/** Opens a Parquet file by its footer. Memory: one row group, decoded. Errors: BAD_PARQUET. */
export async function openParquet(file: string): Promise<ParquetTable> {
  try {
    const bytes = await asyncBufferFromFile(file);
    const metadata = await parquetMetadataAsync(bytes);
    const columns = parquetSchema(metadata).children.map((child) => child.element.name);
    return { columns, rows };
    async function* rows(): AsyncGenerator<{ rows: Row[]; read: number }> {
      let start = 0;
      for (const group of metadata.row_groups) {
        const end = start + Number(group.num_rows);
        checkSize(group, file, start);
        const options = { file: bytes, metadata, rowStart: start, rowEnd: end, compressors };
        const objects = await parquetReadObjects(options).catch((cause: unknown) => {
          throw badParquet(file, cause);
        });
        for (let at = 0; at < objects.length; at += SLICE) {
          const slice = objects.slice(at, at + SLICE);
          const first = start + at + 1;
          const share = (start + at + slice.length) / Number(metadata.num_rows);
          yield {
            rows: slice.map((value, i) => ({ line: first + i, value: plain(value) })),
            read: Math.round(bytes.byteLength * share),
          };
        }
        start = end;
      }
    }
  } catch (cause) {
    throw badParquet(file, cause);
  }
}

/** Refuses a row group that would not fit into memory, rather than dying on it. */
function checkSize(group: RowGroup, file: string, start: number): void {
  const nested = group.columns.filter(({ meta_data: data }) => (data?.path_in_schema.length ?? 0) > 1);
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
