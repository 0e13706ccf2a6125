import type { Kysely, Migration } from 'kysely';
import type { Tables } from '../schema.js';

/** Feedback. Going back is refused while there is any: its rows are part of the chain. */
export const feedbackMigration: Migration = {
  up: async (db) => {
    await db.schema
      .createTable('vouch_feedback')
      .addColumn('seq', 'bigint', (column) => column.primaryKey())
      .addColumn('salt', 'text')
      .addColumn('sealed', 'text', (column) => column.notNull())
      .addColumn('redacted', 'integer', (column) => column.notNull())
      .addColumn('hash', 'text', (column) => column.notNull())
      .addColumn('received', 'bigint', (column) => column.notNull())
      .addColumn('given', 'bigint')
      .addColumn('tenant', 'text', (column) => column.notNull())
      .addColumn('kind', 'text', (column) => column.notNull())
      .addColumn('label', 'double precision')
      .addColumn('source', 'text', (column) => column.notNull())
      .addColumn('contradicts', 'integer', (column) => column.notNull())
      .addColumn('key', 'text')
      .addColumn('target', 'text')
      .addColumn('rater', 'text')
      .addColumn('content', 'text')
      .addColumn('scored', 'bigint')
      .execute();
    const index = (name: string) => db.schema.createIndex(`vouch_feedback_${name}`).on('vouch_feedback');
    await index('key').unique().columns(['tenant', 'key']).execute();
    await index('scored').column('scored').execute();
    await index('target').column('target').execute();
    await index('received').column('received').execute();
  },
  down: async (given) => {
    const db = given as Kysely<Tables>;
    const kept = await db.selectFrom('vouch_feedback').select('seq').limit(1).executeTakeFirst();
    if (kept !== undefined) throw new Error('the store contains feedback, which the previous version cannot hold');
    await db.schema.dropTable('vouch_feedback').execute();
  },
};
