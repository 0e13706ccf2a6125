import {
  type DatabaseConnection,
  SqliteAdapter,
  SqliteDialect,
  type SqliteDialectConfig,
  SqliteDriver,
  type TransactionSettings,
} from 'kysely';
import Libsql from 'libsql';
import { keptStatements } from './kept-statements.js';

/** Milliseconds that a statement waits for another process that is writing. */
const BUSY = 10_000;

/** SQLite changes its schema in transactions, so a migration that is killed leaves nothing behind. */
class TransactionalAdapter extends SqliteAdapter {
  override get supportsTransactionalDdl(): boolean {
    return true;
  }
}

/**
 * A transaction that may write locks the file when it begins, with `exec`. A prepared statement that fails on a locked
 * file stays open in libsql until it is garbage-collected, and until then nothing can be committed.
 */
class LockingDriver extends SqliteDriver {
  constructor(
    config: SqliteDialectConfig,
    private readonly database: Libsql.Database,
  ) {
    super(config);
  }

  override async beginTransaction(_: DatabaseConnection, settings?: TransactionSettings): Promise<void> {
    this.database.exec(settings?.accessMode === 'read only' ? 'begin' : 'begin immediate');
  }
}

class Dialect extends SqliteDialect {
  constructor(private readonly database: Libsql.Database) {
    super({ database });
  }

  override createDriver(): SqliteDriver {
    return new LockingDriver({ database: keptStatements(this.database) }, this.database);
  }

  override createAdapter(): SqliteAdapter {
    return new TransactionalAdapter();
  }
}

/**
 * A SQLite file through `libsql`, whose binaries are in its npm packages. A commit is on the disk before it returns
 * (WAL, synchronous = FULL), and deleted content is overwritten (secure_delete). Throws the errors of libsql.
 */
export function sqliteDialect(file: string): SqliteDialect {
  const database = new Libsql(file, { timeout: BUSY } as Libsql.Options);
  database.pragma('journal_mode = WAL');
  database.pragma('synchronous = FULL');
  database.pragma('secure_delete = ON');
  return new Dialect(database);
}
