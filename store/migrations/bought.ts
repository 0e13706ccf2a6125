import type { Kysely, Migration } from 'kysely';
import { countBought } from '../rollup/catch-up.js';
import { BOUGHT_KEY } from '../rollup/tables.js';
import type { Tables } from '../schema.js';
import { countAll } from './count-all.js';

/**
 * Counts of what policies bought, by hour and day. Rows that are there already are counted. Going back removes the
 * counts and nothing else.
 */
export function boughtMigration(kind: 'sqlite' | 'postgres'): Migration {
  return {
    up: async (given) => {
      const { sql } = await import('kysely');
      const db = given as Kysely<Tables>;
      await db.schema
        .alterTable('vouch_head')
        .addColumn('bought', 'bigint', (column) => column.notNull().defaultTo(0))
        .execute();
      await db.schema
        .createTable('vouch_bought')
        .modifyEnd(kind === 'sqlite' ? sql`without rowid` : sql``)
        .addColumn('span', 'integer', (column) => column.notNull())
        .addColumn('start', 'bigint', (column) => column.notNull())
        .addColumn('tenant', 'text', (column) => column.notNull())
        .addColumn('bundle', 'text', (column) => column.notNull())
        .addColumn('basis', 'text', (column) => column.notNull())
        .addColumn('decision', 'text', (column) => column.notNull())
        .addColumn('n', 'bigint', (column) => column.notNull())
        .addPrimaryKeyConstraint('vouch_bought_key', [...BOUGHT_KEY])
        .execute();
      await countAll(db, 'bought', countBought);
    },
    down: async (db) => {
      await db.schema.dropTable('vouch_bought').execute();
      await db.schema.alterTable('vouch_head').dropColumn('bought').execute();
    },
  };
}
