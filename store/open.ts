import { stat } from 'node:fs/promises';
import { inError } from '../support/atomic.js';
import { VouchError } from '../support/errors.js';
import { coded } from './coded.js';
import type { Database, Tables } from './schema.js';

/** An open store. */
export interface Store {
  db: Database;
  kind: 'sqlite' | 'postgres';
  /** Path of the SQLite file; null for a server. */
  file: string | null;
  /** How messages name the store: never with a password. */
  shown: string;
  close(): Promise<void>;
}

/**
 * Opens a store: a SQLite file (created if it does not exist), or a PostgreSQL database at `postgres://…`. Neither
 * checks nor changes its schema. Errors: BAD_USAGE for another kind of store; STORE_BAD, also if the packages for the
 * database are not installed.
 */
export async function openDatabase(place: string): Promise<Store> {
  return opened(place, false);
}

/** The same, but it creates no file. Error: FILE_MISSING. */
export async function openExistingDatabase(place: string): Promise<Store> {
  return opened(place, true);
}

async function opened(place: string, mustExist: boolean): Promise<Store> {
  const isServer = SERVER.test(place);
  if (!isServer && /^[a-z][a-z0-9+.-]+:\/\//i.test(place)) {
    const expected = 'a path, or postgres://USER@HOST/DATABASE';
    throw new VouchError('BAD_USAGE', 'this kind of store is not known', {
      ...{ field: '--store', expected, got: `${place.split(':', 1)[0]}://…` }, // the rest may hold a password
    });
  }
  const shown = placeShown(place);
  if (!isServer) {
    const found = await stat(place).catch((error: unknown) => {
      if (mustExist) throw inError(place, error);
    });
    if (found?.isDirectory()) {
      throw new VouchError('STORE_BAD', 'is a folder', { file: place, expected: 'the path of a file' });
    }
  }
  try {
    const dialect = isServer
      ? (await import('./dialect/postgres.js')).postgresDialect(place)
      : (await import('./dialect/sqlite.js')).sqliteDialect(place);
    const { Kysely } = await import('kysely');
    const db = new Kysely<Tables>({ dialect });
    const kind = isServer ? 'postgres' : 'sqlite';
    return { db, kind, file: isServer ? null : place, shown, close: () => db.destroy() };
  } catch (error) {
    throw coded(error, shown);
  }
}

const SERVER = /^postgres(ql)?:\/\//;

/** How messages and pages name a store: never with a password. */
export function placeShown(place: string): string {
  return SERVER.test(place) ? withoutPassword(place) : place;
}

function withoutPassword(url: string): string {
  try {
    const parsed = new URL(url);
    parsed.password = '';
    parsed.search = '';
    return parsed.href;
  } catch {
    return 'postgres://…';
  }
}
