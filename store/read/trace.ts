import { GENESIS } from '../chain/digest.js';
import { detailOf } from '../chain/events.js';
import { feedbackSeal, isEmptied, scoredHash, scoredSeal } from '../chain/rows.js';
import { coded } from '../coded.js';
import type { Store } from '../open.js';
import { plainId } from '../plain-text.js';
import { type Database, FEEDBACK_PRIVATE, type FeedbackTable, type ScoredTable } from '../schema.js';
import { statusOf } from '../write/feedback.js';

/** Everything that the store knows about one scored answer. */
export interface Trace {
  row: ScoredTable;
  feedback: (Pick<FeedbackTable, 'seq' | 'received' | 'kind' | 'label' | 'source' | 'rater' | 'content'> & {
    status: string;
  })[];
  /** Whether the row and its feedback have the hashes that the chain says. */
  intact: boolean;
}

/** The traces of an id or response id, the newest first. Errors: STORE_BAD, STORE_UNAVAILABLE. */
export async function tracesOf(store: Store, id: string, tenant?: string): Promise<Trace[]> {
  try {
    const value = plainId(id);
    let query = store.db
      .selectFrom('vouch_scored')
      .selectAll()
      .where((eb) => eb.or([eb('id', '=', value), eb('response', '=', value)]))
      .orderBy('seq', 'desc')
      .limit(MOST);
    if (tenant !== undefined) query = query.where('tenant', '=', plainId(tenant));
    const rows = await query.execute();
    const traces: Trace[] = [];
    for (const row of rows) traces.push(await traceOf(store.db, row));
    return traces;
  } catch (error) {
    throw coded(error, store.shown);
  }
}

/** The most answers with one id that are shown. */
const MOST = 20;

async function traceOf(db: Database, found: ScoredTable): Promise<Trace> {
  const row = { ...found, signals: found.signals === null ? null : Buffer.from(found.signals) };
  const said = await db.selectFrom('vouch_feedback').selectAll().where('scored', '=', row.seq).orderBy('seq').execute();
  const previous = await hashBefore(db, row.seq);
  const isSealed = row.salt !== null && scoredSeal(row.salt, row) === row.sealed;
  const isLinked = scoredHash(previous, row) === row.hash;
  const isSaid = said.every((each) =>
    each.redacted === 1 ? isEmptied(each, FEEDBACK_PRIVATE) : feedbackSeal(each.salt ?? '', each) === each.sealed,
  );
  const feedback = said.map((each) => {
    const { seq, received, kind, label, source, rater, content } = each;
    return { seq, received, kind, label, source, rater, content, status: statusOf(each) };
  });
  return { row, feedback, intact: isSealed && isLinked && isSaid };
}

/** The hash of the row before this one, or where a retention rule cut the chain. */
export async function hashBefore(db: Database, seq: number): Promise<string> {
  if (seq === 1) return GENESIS;
  for (const table of ['vouch_scored', 'vouch_feedback', 'vouch_events'] as const) {
    const before = await db
      .selectFrom(table)
      .select('hash')
      .where('seq', '=', seq - 1)
      .executeTakeFirst();
    if (before !== undefined) return before.hash;
  }
  const events = await db.selectFrom('vouch_events').selectAll().where('kind', '=', 'pruned').execute();
  const cut = events.map(detailOf).find((each) => each?.kind === 'pruned' && each.through === seq - 1);
  return cut?.kind === 'pruned' ? cut.hash : 'removed';
}
