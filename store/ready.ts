import { VouchError } from '../support/errors.js';
import { coded } from './coded.js';
import { migrate, migrationNames, migrationsIn } from './migrations/migrate.js';
import { openDatabase, openExistingDatabase, type Store } from './open.js';

/**
 * Opens a store for use. A new one gets its tables, and one from an older version is migrated. Errors: STORE_BAD,
 * STORE_UNAVAILABLE.
 */
export async function openStore(place: string): Promise<Store> {
  const store = await openDatabase(place);
  try {
    await migrate(store);
    return store;
  } catch (error) {
    await store.close().catch(() => {});
    throw coded(error, store.shown);
  }
}

/**
 * Opens a store that exists, and changes nothing. Errors: those above; FILE_MISSING; STORE_BAD if it has another
 * version.
 */
export async function openExisting(place: string): Promise<Store> {
  const store = await openExistingDatabase(place);
  try {
    const names = await migrationsIn(store);
    if (names.length === migrationNames.length) return store;
    throw new VouchError('STORE_BAD', 'the store has no tables of this version of vouch', {
      ...{ file: store.shown, expected: migrationNames.at(-1), got: names.at(-1) ?? 'none' },
      hint: 'Run vouch store migrate.',
    });
  } catch (error) {
    await store.close().catch(() => {});
    throw coded(error, store.shown);
  }
}
