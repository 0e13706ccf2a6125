import type { DuckDBConnection, DuckDBResult } from '@duckdb/node-api';
import { within } from '../../support/time/deadline.js';
import { TokenChunk } from './token-chunk.js';
import { type TokenType, tokenTypeOf } from './token-type.js';

/** A column of tokens in a Parquet file, read by DuckDB. */
export interface TokenColumn {
  /**
   * The tokens row by row, in chunks of about two thousand rows. Throws what DuckDB throws, for example for text that
   * is not UTF-8.
   */
  chunks(): AsyncGenerator<TokenChunk>;
  close(): void;
}

/** Characters that DuckDB reads as a pattern of file names. */
const GLOB = /[*?[\]{}]/;

/** Seconds that DuckDB may take for its next rows. After that, the plain reader takes over. */
const PATIENCE = 5;

/** Opens a column of tokens; null if DuckDB is not installed, or if it cannot read the file or the column this way. */
export async function openTokens(file: string, column: string): Promise<TokenColumn | null> {
  if (GLOB.test(file)) return null;
  const duckdb = await load();
  if (duckdb === null) return null;
  const { api, bindings } = duckdb;
  const instance = await api.DuckDBInstance.create(':memory:', { threads: '1', memory_limit: '4GB' });
  const name = `"${column.replaceAll('"', '""')}"`;
  const source = 'read_parquet($file)';
  const connections: DuckDBConnection[] = [];
  let stuck = false;
  const inTime = <T>(connection: DuckDBConnection, work: Promise<T>): Promise<T> =>
    within(PATIENCE, work, () => {
      stuck = true;
      connection.interrupt();
    });
  /**
   * Opens one connection per stream, because a second statement on a connection silently ends the rows of the first.
   */
  const query = async (sql: string): Promise<{ result: DuckDBResult; connection: DuckDBConnection }> => {
    const connection = await instance.connect();
    connections.push(connection);
    return { result: await inTime(connection, connection.stream(sql, { file })), connection };
  };
  const close = () => {
    if (stuck) return; // closing would wait for a statement that does not end
    for (const connection of connections) connection.closeSync();
    instance.closeSync();
  };
  let type: TokenType | null;
  try {
    type = tokenTypeOf((await query(`SELECT ${name} FROM ${source} LIMIT 0`)).result.columnType(0));
  } catch {
    type = null; // the plain reader reports what is wrong with the file
  }
  if (type === null) {
    close();
    return null;
  }
  const known = type;
  async function* chunks(): AsyncGenerator<TokenChunk> {
    const { result, connection } = await query(`SELECT ${name} FROM ${source}`);
    for (;;) {
      const chunk = await inTime(connection, result.fetchChunk());
      if (chunk === null || chunk.rowCount === 0) return;
      yield new TokenChunk(bindings, chunk.chunk, chunk.rowCount, known);
    }
  }
  return { chunks, close };
}

let loaded: ReturnType<typeof find> | undefined;

/** Loads DuckDB, which is an optional dependency; null if it is not installed. */
function load(): ReturnType<typeof find> {
  loaded ??= find();
  return loaded;
}

async function find() {
  try {
    const [api, { default: bindings }] = await Promise.all([
      import('@duckdb/node-api'),
      import('@duckdb/node-bindings'),
    ]);
    return { api, bindings };
  } catch {
    return null;
  }
}
