import type { Kysely, Migration } from 'kysely';
import { countRows } from '../rollup/catch-up.js';
import { BIN_COLUMNS, FEEDBACK_COUNTS, ROLLUP_KEY } from '../rollup/tables.js';
import type { Tables } from '../schema.js';
import { countAll } from './count-all.js';

/**
 * Counts of answers by hour and day, of feedback by day, and labelled answers, so that a dashboard need not read all
 * rows. Rows that are there already are counted, 100,000 at a time. Going back removes the counts and nothing else.
 */
export function rollupMigration(kind: 'sqlite' | 'postgres'): Migration {
  return {
    up: async (given) => {
      const { sql } = await import('kysely');
      const db = given as Kysely<Tables>;
      // SQLite then keeps the key and the counts together
      const end = kind === 'sqlite' ? sql`without rowid` : sql``;
      await db.schema
        .alterTable('vouch_head')
        .addColumn('rolled', 'bigint', (column) => column.notNull().defaultTo(0))
        .execute();
      let rollup = db.schema.createTable('vouch_rollup').modifyEnd(end);
      for (const name of ROLLUP_KEY) {
        const type = NUMBERS.has(name) ? (name === 'start' ? 'bigint' : 'integer') : 'text';
        rollup = rollup.addColumn(name, type, (column) => column.notNull());
      }
      for (const name of ['n', ...BIN_COLUMNS, 'labelled']) {
        rollup = rollup.addColumn(name, 'bigint', (column) => column.notNull().defaultTo(0));
      }
      for (const name of ['p_sum', 'label_sum']) {
        rollup = rollup.addColumn(name, 'double precision', (column) => column.notNull().defaultTo(0));
      }
      // in this order, the rows of one tenant and period are next to each other
      const order = ['span', 'tenant', 'start', ...ROLLUP_KEY.filter((name) => !FIRST.has(name))] as const;
      await rollup.addPrimaryKeyConstraint('vouch_rollup_key', [...order] as never).execute();
      await db.schema
        .createTable('vouch_labelled')
        .addColumn('scored', 'bigint', (column) => column.primaryKey())
        .addColumn('tenant', 'text', (column) => column.notNull())
        .addColumn('time', 'bigint', (column) => column.notNull())
        .addColumn('bundle', 'text', (column) => column.notNull())
        .addColumn('decision', 'text')
        .addColumn('probability', 'double precision')
        .addColumn('label', 'double precision', (column) => column.notNull())
        .execute();
      const index = (name: string) => db.schema.createIndex(`vouch_labelled_${name}`).on('vouch_labelled');
      await index('tenant').columns(['tenant', 'time']).execute();
      await index('time').column('time').execute();
      let days = db.schema
        .createTable('vouch_feedback_days')
        .modifyEnd(end)
        .addColumn('tenant', 'text', (column) => column.notNull())
        .addColumn('day', 'bigint', (column) => column.notNull())
        .addColumn('kind', 'text', (column) => column.notNull());
      for (const name of FEEDBACK_COUNTS) days = days.addColumn(name, 'bigint', (column) => column.notNull());
      await days.addPrimaryKeyConstraint('vouch_feedback_days_key', ['tenant', 'day', 'kind'] as never).execute();
      await countAll(db, 'rolled', countRows);
    },
    down: async (db) => {
      for (const table of ['vouch_feedback_days', 'vouch_labelled', 'vouch_rollup']) {
        await db.schema.dropTable(table).execute();
      }
      await db.schema.alterTable('vouch_head').dropColumn('rolled').execute();
    },
  };
}

const NUMBERS: ReadonlySet<string> = new Set(['span', 'start', 'selected']);
const FIRST: ReadonlySet<string> = new Set(['span', 'tenant', 'start']);
