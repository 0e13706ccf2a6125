import { VouchError } from '../../../support/errors.js';
import { setOwn } from '../../../support/set-own.js';
import { thousands } from '../../../support/words/thousands.js';
import type { TokenCursor } from '../../duck/token-cursor.js';
import type { Row } from '../row.js';
import type { Fields } from '../table/fields.js';
import { ParquetDecoder, type RowGroup } from './decoder.js';

/** An open Parquet file: its columns, and its rows one row group at a time. */
export interface ParquetTable {
  columns: string[];
  /** The first row; undefined if there is none. Decodes the first row group. */
  first(): Promise<Fields | undefined>;
  /**
   * Rows, a few hundred at a time, and about how many bytes of the file have been read by their end. With a cursor on
   * the column of tokens, the tokens are returned packed in `tokens` instead of in `value`.
   */
  rows(tokens?: { column: string; cursor: TokenCursor }): AsyncGenerator<{ rows: Row[]; read: number }>;
  close(): Promise<void>;
}

const SLICE = 128;
/** Maximum number of values in lists and structs per row group. A decoded value takes about 500 bytes. */
const MOST_NESTED = 6e6;

/**
 * Opens a Parquet file. It is decoded in a thread; `close` ends that thread. Memory: one decoded row group. Errors:
 * BAD_PARQUET, also if decoding takes far longer than expected for the row group.
 */
export async function openParquet(file: string): Promise<ParquetTable> {
  const decoder = await ParquetDecoder.open(file).catch((cause: unknown) => {
    throw badParquet(file, cause);
  });
  const { columns, groups, rows: count, bytes } = decoder.footer;
  const coded = <T>(work: Promise<T>): Promise<T> =>
    work.catch((cause: unknown) => {
      throw badParquet(file, cause);
    });
  const decode = async (group: number, start: number, wanted: string[]): Promise<void> => {
    checkSize(groups[group], file, start, wanted);
    await coded(decoder.decode(group, wanted));
  };
  const close = () => decoder.close();
  if (groups.reduce((sum, group) => sum + group.rows, 0) !== count) {
    await close();
    throw badParquet(
      file,
      new Error(`its row groups do not contain the ${thousands(count)} rows that its footer states`),
    );
  }
  const first = async (): Promise<Fields | undefined> => {
    const group = groups.findIndex(({ rows }) => rows > 0);
    if (group < 0) return undefined;
    await decode(group, 0, columns);
    return (await coded(decoder.take(0, 1)))[0];
  };
  return { columns, first, rows, close };
  async function* rows(tokens?: { column: string; cursor: TokenCursor }) {
    const rest = columns.filter((column) => column !== tokens?.column);
    let cursor = tokens?.cursor ?? null;
    let start = 0;
    for (const [group, { rows: size }] of groups.entries()) {
      await decode(group, start, cursor === null ? columns : rest);
      for (let at = 0; at < size; at += SLICE) {
        const first = start + at + 1;
        const taken = async (): Promise<Row[]> =>
          (await coded(decoder.take(at, at + SLICE))).map((value, i) => ({ line: first + i, value }));
        let made = await taken();
        if (cursor !== null && tokens !== undefined && !(await addTokens(made, cursor, tokens.column))) {
          cursor = null; // for example a text is not UTF-8: from here on tokens are read with the other columns
          checkSize(groups[group], file, start, [tokens.column]);
          await coded(decoder.add(group, [tokens.column]));
          made = await taken();
        }
        yield { rows: made, read: Math.round((bytes * (start + at + made.length)) / count) };
      }
      start += size;
    }
  }
}

/** Adds tokens to rows; false if DuckDB fails. */
async function addTokens(rows: Row[], cursor: TokenCursor, column: string): Promise<boolean> {
  try {
    for (let at = 0; at < rows.length; ) {
      const taken = await cursor.take(rows.length - at);
      if (taken === null) return false;
      for (const tokens of taken.rows) {
        const row = rows[at++];
        if (tokens === null) continue;
        if ('odd' in tokens) setOwn(row.value as Fields, column, tokens.odd);
        else row.tokens = { block: taken.block, span: tokens };
      }
    }
    return true;
  } catch {
    return false;
  }
}

/** Refuses a row group that would not fit into memory, instead of crashing. */
function checkSize(group: RowGroup, file: string, start: number, wanted: string[]): void {
  const nested = group.chunks.filter(({ path }) => path.length > 1 && wanted.includes(path[0]));
  const values = nested.reduce((sum, chunk) => sum + chunk.values, 0);
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
  return new VouchError('BAD_PARQUET', `this Parquet file cannot be read: ${reason}`, { file, cause });
}
