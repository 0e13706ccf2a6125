import { recordEvent } from '../chain/events.js';
import { coded } from '../coded.js';
import type { Store } from '../open.js';
import { plainId } from '../plain-text.js';
import { FEEDBACK_PRIVATE, type Open, SCORED_PRIVATE } from '../schema.js';
import { lockChain, saveChain } from '../write/chain.js';

/** Whose content is deleted. */
export type Whose =
  | { by: 'id'; id: string; tenant?: string }
  | { by: 'person'; person: string; tenant?: string }
  | { by: 'age'; before: number };

/** How much was deleted. */
export interface Redacted {
  scored: number;
  feedback: number;
}

interface After {
  answers: number;
  said: number;
}

/** Rows per transaction, so that writers do not wait for long. */
const CHUNK = 500;

/**
 * Deletes the private columns (ids, person, signals, texts, comments) of answers and of the feedback on them, and
 * records in the chain which rows were emptied. Time, probability, decision and label stay. The hashes stay too, so the
 * chain can still be verified. The salts are deleted, so the hashes say nothing about the content. With SQLite the old
 * content is overwritten in the file; a PostgreSQL server frees it at its next VACUUM. Copies in backups stay.
 * `by: 'person'` also deletes feedback whose rater is this person. Errors: STORE_BAD, STORE_UNAVAILABLE.
 */
export async function redact(store: Store, whose: Whose, now: number): Promise<Redacted> {
  const done: Redacted = { scored: 0, feedback: 0 };
  /** The last rows that were looked at: a later part does not look at the emptied ones again. */
  const after: After = { answers: 0, said: 0 };
  try {
    for (;;) {
      const { scored, feedback } = await store.db.transaction().execute(async (db) => {
        const chain = await lockChain(db);
        const answers = await answersOf(db, whose, after);
        const said = await feedbackOn(db, answers, { whose, after });
        if (answers.length + said.length === 0) return { scored: 0, feedback: 0 };
        await empty(db, answers, said);
        await recordEvent(db, chain, now, { kind: 'redacted', by: whose.by, rows: [...answers, ...said] });
        await saveChain(db, chain);
        return { scored: answers.length, feedback: said.length };
      });
      if (scored + feedback === 0) break;
      done.scored += scored;
      done.feedback += feedback;
    }
    // the old content is in the write-ahead log until it is copied into the file
    if (store.kind === 'sqlite' && done.scored + done.feedback > 0) {
      const { sql } = await import('kysely');
      await sql`pragma wal_checkpoint(truncate)`.execute(store.db);
    }
    return done;
  } catch (error) {
    throw coded(error, store.shown);
  }
}

/** The next answers that are meant; `after` moves on behind them. Rows that others add meanwhile have larger numbers. */
async function answersOf(db: Open, whose: Whose, after: After): Promise<number[]> {
  let query = db
    .selectFrom('vouch_scored')
    .select('seq')
    .where('redacted', '=', 0)
    .where('seq', '>', after.answers)
    .orderBy('seq')
    .limit(CHUNK);
  if (whose.by === 'age') query = query.where('time', '<', whose.before);
  else {
    if (whose.tenant !== undefined) query = query.where('tenant', '=', plainId(whose.tenant));
    const value = plainId(whose.by === 'id' ? whose.id : whose.person);
    query =
      whose.by === 'id'
        ? query.where((eb) => eb.or([eb('id', '=', value), eb('response', '=', value)]))
        : query.where('person', '=', value);
  }
  const found = (await query.execute()).map(({ seq }) => seq);
  after.answers = found.at(-1) ?? after.answers;
  return found;
}

/** All feedback on these answers, and the next feedback that is meant itself. */
async function feedbackOn(
  db: Open,
  answers: readonly number[],
  { whose, after }: { whose: Whose; after: After },
): Promise<number[]> {
  const query = db.selectFrom('vouch_feedback').select('seq').where('redacted', '=', 0).orderBy('seq');
  const found = new Set<number>();
  if (answers.length > 0) {
    for (const { seq } of await query.where('scored', 'in', [...answers]).execute()) found.add(seq);
  }
  let own = query.where('seq', '>', after.said).limit(CHUNK);
  if (whose.by === 'age') own = own.where('received', '<', whose.before);
  else {
    if (whose.tenant !== undefined) own = own.where('tenant', '=', plainId(whose.tenant));
    const value = plainId(whose.by === 'id' ? whose.id : whose.person);
    own = own.where(whose.by === 'id' ? 'target' : 'rater', '=', value);
  }
  const meant = await own.execute();
  after.said = meant.at(-1)?.seq ?? after.said;
  for (const { seq } of meant) found.add(seq);
  return [...found];
}

async function empty(db: Open, answers: readonly number[], said: readonly number[]): Promise<void> {
  const nothing = { salt: null, redacted: 1 };
  if (answers.length > 0) {
    const columns = Object.fromEntries(SCORED_PRIVATE.map((name) => [name, null]));
    await db
      .updateTable('vouch_scored')
      .set({ ...columns, ...nothing })
      .where('seq', 'in', [...answers])
      .execute();
  }
  for (let from = 0; from < said.length; from += CHUNK) {
    const columns = Object.fromEntries(FEEDBACK_PRIVATE.map((name) => [name, null]));
    await db
      .updateTable('vouch_feedback')
      .set({ ...columns, ...nothing })
      .where('seq', 'in', said.slice(from, from + CHUNK))
      .execute();
  }
}
