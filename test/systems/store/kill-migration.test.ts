import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import { afterAll, describe, expect, it } from 'vitest';
import { verifyChain } from '../../../store/chain/verify.js';
import { type MigrationName, migrate, migrationNames, migrationsIn } from '../../../store/migrations/migrate.js';
import { openDatabase, type Store } from '../../../store/open.js';
import { openStore } from '../../../store/ready.js';
import { write } from '../../../store/write/write.js';
import { random } from '../../../support/random.js';
import { scored } from '../../store/scored.js';
import { hasPostgres, startPostgres } from '../../support/postgres.js';
import { killsOf } from './kills.js';

const dir = mkdtempSync(join(tmpdir(), 'vouch-kill-migration-'));
const children: ChildProcess[] = [];
afterAll(() => {
  for (const child of children) child.kill('SIGKILL');
  rmSync(dir, { recursive: true, force: true });
});

const names: readonly MigrationName[] = migrationNames;
/** Answers in the store; going back to the version without feedback must keep them. */
const ANSWERS = 400;

describe('a store in SQLite, killed while it migrates up and down', () => {
  it(`${killsOf(0.2)} kills between the versions with answers: they stay`, async () => {
    await killedMigrations(join(dir, 'answers.db'), names[0], killsOf(0.2));
  });

  it(`${killsOf(0.1)} kills between no tables and all tables`, async () => {
    await killedMigrations(join(dir, 'empty.db'), 'none', killsOf(0.1));
  });
});

describe.skipIf(!hasPostgres)('a store in PostgreSQL, killed while it migrates up and down', () => {
  it(`${killsOf(0.05)} kills between the versions with answers, and as many from no tables`, async () => {
    const server = await startPostgres();
    try {
      await killedMigrations(server.create('answers'), names[0], killsOf(0.05));
      await killedMigrations(server.create('empty'), 'none', killsOf(0.05));
    } finally {
      await server.stop();
    }
  });
});

/** Kills a process that migrates, so often; after each, the store is a whole version, opens, and has what it had. */
async function killedMigrations(place: string, lowest: MigrationName | 'none', kills: number): Promise<void> {
  const answers = lowest === 'none' ? 0 : ANSWERS;
  const rows = Array.from({ length: answers }, (_, i) => scored(`q${i}`));
  const draw = random(`kill-migration/${place.slice(-9)}`);
  const store = await openStore(place);
  await write(store, rows, []);
  const { head } = await verifyChain(store);
  const whole = await tablesByVersion(place, store);
  await store.close();
  const seen = new Set<number>();
  for (let n = 0; n < kills; n++) {
    await killedAfter([place, lowest], draw.next() * 150);
    const left = await openDatabase(place);
    const has = await migrationsIn(left);
    seen.add(has.length);
    expect(has).toEqual(names.slice(0, has.length));
    if (lowest !== 'none') expect(has.length).toBeGreaterThan(0);
    expect(await tablesOf(left)).toEqual(whole[has.length]);
    await left.close();
    const opened = await openStore(place);
    expect(await migrationsIn(opened)).toEqual(names);
    expect(await tablesOf(opened)).toEqual(whole[names.length]);
    expect(await verifyChain(opened, { expected: head })).toMatchObject({ rows: answers, findings: [] });
    await opened.close();
  }
  if (kills >= 10) expect(seen.size).toBeGreaterThan(1); // it was killed in more than one version
}

/** Starts `migrating.ts`, and kills it so many milliseconds after it began. */
async function killedAfter(args: string[], milliseconds: number): Promise<void> {
  const child = spawn(process.execPath, ['--import', 'tsx', join(import.meta.dirname, 'migrating.ts'), ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  children.push(child);
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  await Promise.race([new Promise((resolve) => child.stdout.once('data', resolve)), ended]);
  await sleep(milliseconds);
  child.kill('SIGKILL');
  await ended;
  expect(child.signalCode).toBe('SIGKILL'); // else it had failed by itself
}

/** What a store has when it was brought to each version, from no tables on. A store with answers is not taken down that far. */
async function tablesByVersion(place: string, store: Store): Promise<string[][]> {
  const fresh = store.kind === 'sqlite' ? await openDatabase(`${place}.fresh`) : await anotherDatabase(place, store);
  const all: string[][] = [[]];
  for (const name of names) {
    await migrate(fresh, name);
    all.push(await tablesOf(fresh));
  }
  await fresh.close();
  // kysely keeps its own two tables when it goes back to none
  const none = await openDatabase(store.kind === 'sqlite' ? `${place}.fresh` : `${place}_fresh`);
  await migrate(none, null);
  all[0] = await tablesOf(none);
  await none.close();
  return all;
}

async function anotherDatabase(place: string, store: Store): Promise<Store> {
  await sql.raw(`create database ${new URL(place).pathname.slice(1)}_fresh`).execute(store.db);
  return openDatabase(`${place}_fresh`);
}

/** Tables with their columns, and indexes; sorted. */
async function tablesOf(store: Store): Promise<string[]> {
  const tables = await store.db.introspection.getTables({ withInternalKyselyTables: true });
  const indexes =
    store.kind === 'sqlite'
      ? sql<{ name: string }>`select name from sqlite_master where type = 'index' and sql is not null`
      : sql<{ name: string }>`select indexname as name from pg_indexes where schemaname = 'public'`;
  const columns = tables.flatMap(({ name, columns }) =>
    columns.map((column) => `${name}.${column.name} ${column.dataType}${column.isNullable ? '' : ' not null'}`),
  );
  const { rows } = await indexes.execute(store.db);
  return [...columns, ...rows.map(({ name }) => name)].sort();
}
