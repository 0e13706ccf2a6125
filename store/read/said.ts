import { sql } from 'kysely';
import type { Database, FeedbackTable, ScoredTable } from '../schema.js';
import type { Span } from './answers-since.js';

/** A label that feedback gave a stored answer. */
export type Said = Pick<FeedbackTable, 'kind' | 'source'> & { scored: number; label: number };

/** The same with what names the answer. */
type SaidOf = Said & Pick<ScoredTable, 'response' | 'id' | 'question' | 'prompt'>;

/** Names of answers per statement, and feedback that is read together. */
const NAMES = 500;
const PART = 500;
/** Rows of other kinds, or of other bundles, between two answers that are asked for together. */
const GAP = 1000;

function labels(db: Database) {
  return db.selectFrom('vouch_feedback as f').where('f.label', 'is not', null).where('f.scored', 'is not', null);
}

/**
 * The labels of these answers that feedback up to a place of the chain gave. Their numbers mostly follow each other, so
 * it asks for ranges: libsql keeps the memory of long lists in statements for long.
 */
export async function saidOf(db: Database, answers: readonly number[], through: number): Promise<Said[]> {
  const all: Said[] = [];
  for (const [first, last] of rangesOf(answers)) {
    const rows = await labels(db)
      .select(['f.kind', 'f.source', 'f.scored', 'f.label'])
      .where('f.scored', '>=', first)
      .where('f.scored', '<=', last)
      .where('f.seq', '<=', through)
      .orderBy('f.seq')
      .execute();
    for (const row of rows) all.push(row as Said);
  }
  const wanted = new Set(answers);
  return all.filter(({ scored }) => wanted.has(scored));
}

/** Ranges that contain these numbers and, between two of them, at most GAP others. */
function rangesOf(numbers: readonly number[]): [first: number, last: number][] {
  const ranges: [number, number][] = [];
  for (const n of Array.from(numbers).sort((a, b) => a - b)) {
    const range = ranges.at(-1);
    if (range !== undefined && n - range[1] <= GAP) range[1] = n;
    else ranges.push([n, n]);
  }
  return ranges;
}

function namedLabels(db: Database, bundle: string) {
  return labels(db)
    .innerJoin('vouch_scored as s', 's.seq', 'f.scored')
    .select(['f.kind', 'f.source', 'f.scored', 'f.label', 's.response', 's.id', 's.question'])
    .select(sql<string | null>`case when s.question is null then s.prompt end`.as('prompt'))
    .where('s.bundle', '=', bundle);
}

/** The labels of the answers with these response ids or, without a response id, these ids. */
export async function saidOfNames(
  db: Database,
  names: readonly string[],
  { bundle, through }: Pick<Span, 'bundle' | 'through'>,
): Promise<SaidOf[]> {
  const all: SaidOf[] = [];
  for (let from = 0; from < names.length; from += NAMES) {
    const some = names.slice(from, from + NAMES);
    for (const column of ['s.response', 's.id'] as const) {
      let query = namedLabels(db, bundle).where(column, 'in', some).where('f.seq', '<=', through).orderBy('f.seq');
      if (column === 's.id') query = query.where('s.response', 'is', null);
      for (const row of await query.execute()) all.push(row as SaidOf);
    }
  }
  return all;
}

/**
 * The labels that feedback of a span gave accepted answers from before the span, in parts. Memory: one part.
 */
export async function* saidLater(db: Database, { bundle, after, through }: Span): AsyncGenerator<SaidOf[]> {
  for (let last = after; ; ) {
    const rows = await namedLabels(db, bundle)
      .select('f.seq')
      .where('f.seq', '>', last)
      .where('f.seq', '<=', through)
      .where('f.scored', '<=', after)
      .where('s.claim', 'is not', null)
      .orderBy('f.seq')
      .limit(PART)
      .execute();
    if (rows.length === 0) return;
    yield rows as unknown as SaidOf[];
    last = rows[rows.length - 1].seq;
  }
}
