import { recordEvent } from '../chain/events.js';
import { coded } from '../coded.js';
import type { Store } from '../open.js';
import { catchUp } from '../rollup/catch-up.js';
import { relabel } from '../rollup/relabel.js';
import { uncount } from '../rollup/uncount.js';
import type { Open } from '../schema.js';
import { lockChain, saveChain } from '../write/chain.js';

/**
 * Removes rows from the beginning of the chain: all before the first row that is not older than `before` (ms since
 * 1970). The chain records up to which row it was cut and the hash there, so the rest can still be verified. Returns
 * the number of removed rows. Errors: STORE_BAD, STORE_UNAVAILABLE.
 */
export async function prune(store: Store, before: number, now: number): Promise<number> {
  try {
    return await store.db.transaction().execute(async (db) => {
      const chain = await lockChain(db);
      const kept = await firstNotBefore(db, before);
      const through = (kept ?? chain.seq + 1) - 1;
      const last = await lastRow(db, through);
      if (last === undefined || !(await holdsRows(db, through))) return 0;
      await catchUp(db, chain);
      const changed = await uncount(db, through);
      let rows = 0;
      for (const table of ['vouch_scored', 'vouch_feedback', 'vouch_events'] as const) {
        const { numDeletedRows } = await db.deleteFrom(table).where('seq', '<=', through).executeTakeFirstOrThrow();
        rows += Number(numDeletedRows);
      }
      await relabel(db, changed);
      await recordEvent(db, chain, now, { kind: 'pruned', through, hash: last, rows });
      await saveChain(db, chain);
      return rows;
    });
  } catch (error) {
    throw coded(error, store.shown);
  }
}

/** The first row that must stay. Events by themselves keep nothing: the record of the last cut replaces earlier ones. */
async function firstNotBefore(db: Open, before: number): Promise<number | null> {
  const least = (rows: { seq: number | null } | undefined) => rows?.seq ?? Infinity;
  const scored = await db
    .selectFrom('vouch_scored')
    .select((eb) => eb.fn.min('seq').as('seq'))
    .where('time', '>=', before)
    .executeTakeFirst();
  const feedback = await db
    .selectFrom('vouch_feedback')
    .select((eb) => eb.fn.min('seq').as('seq'))
    .where('received', '>=', before)
    .executeTakeFirst();
  const first = Math.min(least(scored), least(feedback));
  return Number.isFinite(first) ? first : null;
}

async function holdsRows(db: Open, through: number): Promise<boolean> {
  for (const table of ['vouch_scored', 'vouch_feedback'] as const) {
    const row = await db.selectFrom(table).select('seq').where('seq', '<=', through).limit(1).executeTakeFirst();
    if (row !== undefined) return true;
  }
  return false;
}

/** The hash of the row at this place; undefined if there is none: the chain was already cut there. */
async function lastRow(db: Open, seq: number): Promise<string | undefined> {
  for (const table of ['vouch_scored', 'vouch_feedback', 'vouch_events'] as const) {
    const row = await db.selectFrom(table).select('hash').where('seq', '=', seq).executeTakeFirst();
    if (row !== undefined) return row.hash;
  }
  return undefined;
}
