import type { Migration } from 'kysely';
import { VouchError } from '../../support/errors.js';
import { takeLock } from '../../support/lock.js';
import { coded } from '../coded.js';
import type { Store } from '../open.js';
import { boughtMigration } from './bought.js';
import { feedbackMigration } from './feedback.js';
import { rollupMigration } from './rollup.js';
import { scoredMigration } from './scored.js';

const TABLE = 'vouch_migrations';
/** Milliseconds that a process waits for another one that is migrating the same file. */
const WAIT = 60_000;

/** Names of all migrations, in order. A name never changes. */
export const migrationNames = ['001-scored', '002-feedback', '003-rollup', '004-bought'] as const;
export type MigrationName = (typeof migrationNames)[number];

/** Names of the migrations that a store has. Error: STORE_BAD if a newer version of vouch wrote it. */
export async function migrationsIn(store: Store): Promise<string[]> {
  const tables = await store.db.introspection.getTables({ withInternalKyselyTables: true });
  if (!tables.some(({ name }) => name === TABLE)) return [];
  const { sql } = await import('kysely');
  const { rows } = await sql<{ name: string }>`select name from ${sql.table(TABLE)} order by name`.execute(store.db);
  const names = rows.map(({ name }) => name);
  const unknown = names.find((name) => !(migrationNames as readonly string[]).includes(name));
  if (unknown === undefined) return names;
  throw new VouchError('STORE_BAD', 'the store was written by a newer version of vouch', {
    file: store.shown,
    expected: `migrations up to ${migrationNames.at(-1)}`,
    got: unknown,
  });
}

/**
 * Brings a store to a version: forward, or back with `to`; null removes everything, all answers too. Each migration is
 * one transaction. Returns the names of the migrations that ran. Errors: STORE_BAD, STORE_UNAVAILABLE; OUT_UNWRITABLE
 * if another process is migrating.
 */
export async function migrate(
  store: Store,
  to: MigrationName | null = migrationNames.at(-1) as MigrationName,
): Promise<string[]> {
  try {
    return await migrated(store, to);
  } catch (error) {
    throw coded(error, store.shown);
  }
}

async function migrated(store: Store, to: MigrationName | null): Promise<string[]> {
  const had = await migrationsIn(store);
  if (had.at(-1) === to && had.length === migrationNames.indexOf(to as MigrationName) + 1) return [];
  const lock = store.file === null ? null : await takeLock(`${store.file}.migrating`, { wait: WAIT, of: store.file });
  try {
    const { Migrator, NO_MIGRATIONS } = await import('kysely');
    const migrator = new Migrator({
      db: store.db,
      provider: { getMigrations: async () => migrationsFor(store) },
      migrationTableName: TABLE,
      migrationLockTableName: `${TABLE}_lock`,
    });
    const { error, results = [] } = await migrator.migrateTo(to ?? NO_MIGRATIONS);
    if (error !== undefined) throw error;
    return results.map(({ migrationName }) => migrationName);
  } finally {
    await lock?.release();
  }
}

function migrationsFor({ kind }: Store): Record<MigrationName, Migration> {
  return {
    '001-scored': scoredMigration(kind === 'sqlite' ? 'blob' : 'bytea'),
    '002-feedback': feedbackMigration,
    '003-rollup': rollupMigration(kind),
    '004-bought': boughtMigration(kind),
  };
}
