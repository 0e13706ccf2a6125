import type { EventTable, Open } from '../schema.js';
import type { Chain } from '../write/chain.js';
import { eventHash } from './rows.js';

/** A deletion, as the chain records it. It names rows by number, and never a person or an id. */
export type Detail =
  | { kind: 'redacted'; by: 'id' | 'person' | 'age'; rows: number[] }
  | { kind: 'pruned'; through: number; hash: string; rows: number };

/** Adds a deletion to the chain. */
export async function recordEvent(db: Open, chain: Chain, time: number, { kind, ...rest }: Detail): Promise<void> {
  const row = { seq: ++chain.seq, time, kind, detail: JSON.stringify(rest) };
  chain.hash = eventHash(chain.hash, row);
  await db
    .insertInto('vouch_events')
    .values({ ...row, hash: chain.hash })
    .execute();
}

/** The deletion that an event records; null if it cannot be read. */
export function detailOf({ kind, detail }: Pick<EventTable, 'kind' | 'detail'>): Detail | null {
  try {
    const read = { kind, ...(JSON.parse(detail) as object) } as Detail;
    if (read.kind === 'redacted') return Array.isArray(read.rows) ? read : null;
    return read.kind === 'pruned' && Number.isSafeInteger(read.through) && read.through >= 0 ? read : null;
  } catch {
    return null;
  }
}
