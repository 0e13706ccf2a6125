import type { Kysely } from 'kysely';
import type { Tables } from '../schema.js';

/** Counts all rows of the chain inside a migration, and notes in `column` up to which row `count` went. */
export async function countAll<Column extends 'rolled' | 'bought'>(
  db: Kysely<Tables>,
  column: Column,
  count: (db: Kysely<Tables>, chain: Record<'seq' | Column, number>) => Promise<void>,
): Promise<void> {
  const head = () => db.updateTable('vouch_head').where('one', '=', 1);
  // the first statement locks the end of the chain
  const found = await head()
    .set((eb) => ({ seq: eb.ref('seq') }))
    .returning(['seq', column])
    .executeTakeFirstOrThrow();
  const chain = found as unknown as Record<'seq' | Column, number>;
  await count(db, chain);
  await head()
    .set({ [column]: chain[column] })
    .execute();
}
