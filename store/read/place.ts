import { detailOf } from '../chain/events.js';
import type { Database } from '../schema.js';
import { hashBefore } from './trace.js';

/** A place in the chain: the number of a row, and its hash. */
interface Place {
  seq: number;
  hash: string;
}

/** The end of the chain now. */
export async function endOf(db: Database): Promise<Place> {
  return db.selectFrom('vouch_head').select(['seq', 'hash']).executeTakeFirstOrThrow();
}

/**
 * Whether the chain has this place, or was pruned beyond it. If not, it is another store, or one that was restored from
 * a backup and has other rows since.
 */
export async function hasPlace(db: Database, { seq, hash }: Place): Promise<boolean> {
  if (seq > (await endOf(db)).seq) return false;
  if ((await hashBefore(db, seq + 1)) === hash) return true;
  const events = await db.selectFrom('vouch_events').selectAll().where('kind', '=', 'pruned').execute();
  return events.map(detailOf).some((each) => each?.kind === 'pruned' && each.through >= seq);
}
