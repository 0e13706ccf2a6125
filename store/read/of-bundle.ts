import type { Random } from '../../support/random.js';
import { coded } from '../coded.js';
import type { Store } from '../open.js';

/** What a store has of one bundle, up to a row of the chain. */
interface BundleRows {
  answers: number;
  accepted: number;
  /** Times of its first and last answer, ISO 8601; null without answers. */
  from: string | null;
  to: string | null;
  feedback: {
    kind: string;
    entries: number;
    /** Entries from which a label follows; the mean of these labels, null without labels. */
    labelled: number;
    right: number | null;
    contradicting: number;
  }[];
  /** Entries of the whole store about answers that it does not have. */
  unknown: number;
}

/** Rows that are in memory at a time. */
const BLOCK = 5000;

/**
 * Counts the answers that a bundle scored and the feedback on them, up to row `through` of the chain. Errors: STORE_BAD,
 * STORE_UNAVAILABLE. Cost: reads all rows.
 */
export async function rowsOfBundle({ db, shown }: Store, digest: string, through: number): Promise<BundleRows> {
  try {
    const found = await db
      .selectFrom('vouch_scored')
      .where('bundle', '=', digest)
      .where('seq', '<=', through)
      .select(({ fn, eb }) => [
        fn.countAll().as('n'),
        fn.sum(eb.case().when('decision', '=', 'accept').then(1).else(0).end()).as('accepted'),
        fn.min('time').as('from'),
        fn.max('time').as('to'),
      ])
      .executeTakeFirstOrThrow();
    const kinds = await db
      .selectFrom('vouch_feedback as f')
      .innerJoin('vouch_scored as s', 's.seq', 'f.scored')
      .where('s.bundle', '=', digest)
      .where('s.seq', '<=', through)
      .where('f.seq', '<=', through)
      .select(({ fn }) => [
        'f.kind as kind',
        fn.countAll().as('n'),
        fn.count('f.label').as('labelled'),
        fn.avg('f.label').as('right'),
        fn.sum('f.contradicts').as('contradicts'),
      ])
      .groupBy('f.kind')
      .orderBy('f.kind')
      .execute();
    const unknown = await db
      .selectFrom('vouch_feedback')
      .where('scored', 'is', null)
      .where('seq', '<=', through)
      .select(({ fn }) => fn.countAll().as('n'))
      .executeTakeFirstOrThrow();
    const iso = (time: unknown) => (time == null ? null : new Date(Number(time)).toISOString());
    return {
      ...{ answers: Number(found.n), accepted: Number(found.accepted ?? 0), from: iso(found.from), to: iso(found.to) },
      feedback: kinds.map(({ kind, n, labelled, right, contradicts }) => ({
        ...{ kind, entries: Number(n), labelled: Number(labelled), contradicting: Number(contradicts) },
        right: right == null ? null : Number(right),
      })),
      unknown: Number(unknown.n),
    };
  } catch (error) {
    throw coded(error, shown);
  }
}

/** A drawn answer: its row of the chain, and its id; null if it was deleted. */
interface DrawnRow {
  seq: number;
  id: string | null;
}

/**
 * `size` answers of a bundle, drawn at random without replacement, every one with the same chance (reservoir sampling;
 * Vitter 1985, algorithm R), in the order of the chain. Errors: STORE_BAD, STORE_UNAVAILABLE. Cost: reads the numbers
 * and ids of all its answers; memory: 5,000 rows and the sample.
 */
export async function drawAnswers(
  { db, shown }: Store,
  { bundle, through, size, block = BLOCK }: { bundle: string; through: number; size: number; block?: number },
  random: Random,
): Promise<DrawnRow[]> {
  const drawn: DrawnRow[] = [];
  try {
    for (let after = 0, seen = 0; ; ) {
      const rows = await db
        .selectFrom('vouch_scored')
        .where('bundle', '=', bundle)
        .where('seq', '>', after)
        .where('seq', '<=', through)
        .select(['seq', 'id'])
        .orderBy('seq')
        .limit(block)
        .execute();
      for (const { seq, id } of rows) {
        seen++;
        if (drawn.length < size) drawn.push({ seq, id });
        else {
          const place = Math.floor(random.next() * seen);
          if (place < size) drawn[place] = { seq, id };
        }
      }
      if (rows.length < block) break;
      after = rows[rows.length - 1].seq;
    }
  } catch (error) {
    throw coded(error, shown);
  }
  return drawn.sort((a, b) => a.seq - b.seq);
}
