import type { DuckDBConnection, DuckDBResult } from '@duckdb/node-api';
import { within } from '../../support/deadline.js';
import { TokenChunk } from './token-chunk.js';
import { type TokenType, tokenTypeOf } from './token-type.js';

/** A column of tokens of a Parquet file, read by DuckDB. */
export interface TokenColumn {
  /** The tokens row by row, some two thousand at a time. Throws what DuckDB throws, where a text is no UTF-8 say. */
  chunks(): AsyncGenerator<TokenChunk>;
  close(): void;
}

/** Letters that make a pattern of a file name. */
const GLOB = /[*?[\]{}]/;

/** Seconds that DuckDB may take for its next rows; later, the plain reader takes over. */
const PATIENCE = 5;

/** Opens a column of tokens; null where DuckDB is not installed, the file or the column is not for it. */
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
  /** A connection a stream: a second statement would end the first one's rows without a word. */
  const query = async (sql: string): Promise<{ result: DuckDBResult; connection: DuckDBConnection }> => {
    const connection = await instance.connect();
    connections.push(connection);
    return { result: await inTime(connection, connection.stream(sql, { file })), connection };
  };
  const close = () => {
    if (stuck) return; // closing would wait for what does not end
    for (const connection of connections) connection.closeSync();
    instance.closeSync();
  };
  let type: TokenType | null;
  try {
    type = tokenTypeOf((await query(`SELECT ${name} FROM ${source} LIMIT 0`)).result.columnType(0));
  } catch {
    type = null; // what is wrong with the file is said by the plain reader
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

/** DuckDB is an optional dependency: null where it is not there. */
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
