import { existsSync } from 'node:fs';
import { open, rm } from 'node:fs/promises';
import { asideName, outError } from '../support/atomic.js';
import { VouchError } from '../support/errors.js';
import { renameSynced } from '../support/sync-folder.js';
import { coded } from './coded.js';
import type { Store } from './open.js';

/**
 * Copies one state of a SQLite store into a new file, while others write. To restore, put the file in the store's
 * place. Errors: BAD_USAGE for PostgreSQL (use pg_dump), OUT_EXISTS, OUT_UNWRITABLE, DISK_FULL.
 */
export async function backup(store: Store, out: string): Promise<void> {
  if (store.kind !== 'sqlite') {
    const hint = 'Use pg_dump, and pg_restore to get it back.';
    throw new VouchError('BAD_USAGE', 'a PostgreSQL store has its own tools for backups', { file: store.shown, hint });
  }
  if (existsSync(out)) throw new VouchError('OUT_EXISTS', 'a backup never replaces a file', { file: out });
  const aside = asideName(out);
  try {
    const { sql } = await import('kysely');
    await sql`vacuum into ${aside}`.execute(store.db).catch((error: unknown) => {
      throw coded(error, aside);
    });
    const file = await open(aside, 'r+');
    await file.sync().finally(() => file.close());
    await renameSynced(aside, out);
  } catch (error) {
    await rm(aside, { force: true }).catch(() => {});
    throw outError(out, error);
  }
}
