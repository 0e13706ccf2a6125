import type { Kysely, Migration } from 'kysely';
import { GENESIS } from '../chain/digest.js';
import type { Tables } from '../schema.js';

/** Type of packed signals in each database. */
type Bytes = 'blob' | 'bytea';

/** The chain: its head, scored answers, and events. */
export function scoredMigration(bytes: Bytes): Migration {
  return {
    up: async (given) => {
      const db = given as Kysely<Tables>;
      await db.schema
        .createTable('vouch_head')
        .addColumn('one', 'integer', (column) => column.primaryKey())
        .addColumn('seq', 'bigint', (column) => column.notNull())
        .addColumn('hash', 'text', (column) => column.notNull())
        .execute();
      await db.insertInto('vouch_head').values({ one: 1, seq: 0, hash: GENESIS }).execute();
      let scored = db.schema
        .createTable('vouch_scored')
        .addColumn('seq', 'bigint', (column) => column.primaryKey())
        .addColumn('salt', 'text')
        .addColumn('sealed', 'text', (column) => column.notNull())
        .addColumn('redacted', 'integer', (column) => column.notNull())
        .addColumn('hash', 'text', (column) => column.notNull())
        .addColumn('time', 'bigint', (column) => column.notNull())
        .addColumn('tenant', 'text', (column) => column.notNull())
        .addColumn('bundle', 'text', (column) => column.notNull())
        .addColumn('way', 'text', (column) => column.notNull())
        .addColumn('selected', 'integer', (column) => column.notNull())
        .addColumn('signals', bytes === 'blob' ? 'blob' : 'bytea');
      for (const name of NUMBERS) scored = scored.addColumn(name, 'double precision');
      for (const name of TEXTS) scored = scored.addColumn(name, 'text');
      await scored.execute();
      const index = (name: string) => db.schema.createIndex(`vouch_scored_${name}`).on('vouch_scored');
      await index('id').columns(['id', 'tenant', 'seq']).execute();
      await index('response').columns(['response', 'tenant', 'seq']).execute();
      await index('person').column('person').execute();
      await index('time').column('time').execute();
      await db.schema
        .createTable('vouch_events')
        .addColumn('seq', 'bigint', (column) => column.primaryKey())
        .addColumn('time', 'bigint', (column) => column.notNull())
        .addColumn('kind', 'text', (column) => column.notNull())
        .addColumn('detail', 'text', (column) => column.notNull())
        .addColumn('hash', 'text', (column) => column.notNull())
        .execute();
    },
    down: async (db) => {
      for (const table of ['vouch_events', 'vouch_scored', 'vouch_head']) await db.schema.dropTable(table).execute();
    },
  };
}

const NUMBERS = ['probability', 'logit', 'low', 'high', 'shift'] as const;
const TEXTS = [
  'model',
  'task',
  'decision',
  'why',
  'missing',
  'pattern',
  'slice',
  'claim',
  'basis',
  'promise',
  'id',
  'response',
  'person',
  'question',
  'prompt',
  'answer',
] as const;
