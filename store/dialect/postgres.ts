import { PostgresDialect } from 'kysely';
import pg from 'pg';

/** Type number of `bigint` in PostgreSQL. */
const INT8 = 20;
/** Milliseconds until a connection must be open. */
const CONNECT = 10_000;

/** A PostgreSQL server. Numbers of rows and times stay below 2^53, so `bigint` is read as a number. */
export function postgresDialect(url: string): PostgresDialect {
  const types: pg.CustomTypesConfig = {
    getTypeParser: (oid: number, format?: 'text' | 'binary') =>
      oid === INT8 ? (text: string) => Number(text) : pg.types.getTypeParser(oid, format as 'text'),
  } as pg.CustomTypesConfig;
  const pool = new pg.Pool({ connectionString: url, max: 4, connectionTimeoutMillis: CONNECT, types });
  pool.on('error', () => {}); // a connection that broke while idle; the next query opens another one
  return new PostgresDialect({ pool });
}
