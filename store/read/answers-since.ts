import { sql } from 'kysely';
import { type Database, SCORED_PUBLIC, type ScoredTable } from '../schema.js';

/** A stored answer with its signals. Its prompt is only read if nothing else says which question it belongs to. */
export type StoredAnswer = Omit<ScoredTable, 'salt' | 'sealed' | 'hash' | 'person' | 'answer'>;

/** Rows of one bundle after one place of the chain, up to another. */
export interface Span {
  bundle: string;
  after: number;
  through: number;
  /** If given, only answers from this time on (in ms). */
  from?: number | null;
}

/** Answers that are read together. */
const PART = 500;

/**
 * The answers of a span, in the order of time, in parts. Memory: one part. Cost: it reads the index of times from the
 * oldest new answer on, so an answer that was stored late costs a look at all rows since then.
 */
export async function* answersSince(db: Database, span: Span): AsyncGenerator<StoredAnswer[]> {
  const { bundle, after, through } = span;
  const oldest = after === 0 ? 0 : await oldestIn(db, span);
  if (oldest === null) return;
  let last = { time: Math.max(oldest, span.from ?? 0), seq: 0 };
  for (;;) {
    const rows = await db
      .selectFrom('vouch_scored')
      .select([...SCORED_PUBLIC, 'seq', 'redacted', 'id', 'response', 'question', 'signals'])
      .select(sql<string | null>`case when question is null then prompt end`.as('prompt'))
      .where('bundle', '=', bundle)
      .where('time', '>=', last.time)
      .where((eb) => eb(eb.refTuple('time', 'seq'), '>', eb.tuple(last.time, last.seq)))
      // the sums keep the database from choosing the index of rows, which would sort the whole span for each part
      .where(sql<boolean>`seq + 0 > ${after}`)
      .where(sql<boolean>`seq + 0 <= ${through}`)
      .orderBy('time')
      .orderBy('seq')
      .limit(PART)
      .execute();
    if (rows.length === 0) return;
    yield rows;
    const { time, seq } = rows[rows.length - 1];
    last = { time, seq };
  }
}

async function oldestIn(db: Database, { bundle, after, through }: Span): Promise<number | null> {
  const { oldest } = await db
    .selectFrom('vouch_scored')
    .select(({ fn }) => fn.min('time').as('oldest'))
    .where('bundle', '=', bundle)
    .where('seq', '>', after)
    .where('seq', '<=', through)
    .executeTakeFirstOrThrow();
  return oldest === null ? null : Number(oldest);
}

/** Number of answers of a span that another bundle scored. */
export async function countOfOthers(db: Database, { bundle, after, through }: Span): Promise<number> {
  const { n } = await db
    .selectFrom('vouch_scored')
    .select(({ fn }) => fn.countAll().as('n'))
    .where('bundle', '<>', bundle)
    .where('seq', '>', after)
    .where('seq', '<=', through)
    .executeTakeFirstOrThrow();
  return Number(n);
}
