import {
  type DatabaseIntrospector,
  type DatabaseMetadataOptions,
  type Kysely,
  PostgresDialect,
  PostgresIntrospector,
  type TableMetadata,
} from 'kysely';
import pg from 'pg';

/** Type number of `bigint` in PostgreSQL. */
const INT8 = 20;
/** Milliseconds until a connection must be open. */
const CONNECT = 10_000;

/** PostgreSQL's code for a table that does not exist. */
const NO_TABLE = '42P01';
/** How often the tables are listed again. */
const TRIES = 20;

/**
 * The list of tables asks for each one's sequences. A table that another session drops meanwhile, such as a migration that
 * goes back, or a table of somebody else's, makes that fail; listed again, it is gone.
 */
class PatientIntrospector extends PostgresIntrospector {
  override async getTables(options?: DatabaseMetadataOptions): Promise<TableMetadata[]> {
    for (let tried = 1; ; tried++) {
      try {
        return await super.getTables(options);
      } catch (error) {
        if ((error as { code?: unknown }).code !== NO_TABLE || tried === TRIES) throw error;
      }
    }
  }
}

class Dialect extends PostgresDialect {
  // biome-ignore lint/suspicious/noExplicitAny: as in kysely
  override createIntrospector(db: Kysely<any>): DatabaseIntrospector {
    return new PatientIntrospector(db);
  }
}

/** A PostgreSQL server. Numbers of rows and times stay below 2^53, so `bigint` is read as a number. */
export function postgresDialect(url: string): PostgresDialect {
  const types: pg.CustomTypesConfig = {
    getTypeParser: (oid: number, format?: 'text' | 'binary') =>
      oid === INT8 ? (text: string) => Number(text) : pg.types.getTypeParser(oid, format as 'text'),
  } as pg.CustomTypesConfig;
  const pool = new pg.Pool({ connectionString: url, max: 4, connectionTimeoutMillis: CONNECT, types });
  pool.on('error', () => {}); // a connection that broke while idle; the next query opens another one
  return new Dialect({ pool });
}
