import { coded } from '../coded.js';
import type { Store } from '../open.js';

/** What is in a store. */
export interface Contents {
  answers: number;
  redacted: number;
  /** Times of the first and the last answer, ISO 8601; null if there is none. */
  from: string | null;
  to: string | null;
  feedback: { kind: string; linked: number; contradicting: number; unknownId: number; unlabelled: number }[];
  head: { seq: number; hash: string };
}

/** Counts what is in a store. Errors: STORE_BAD, STORE_UNAVAILABLE. Cost: reads all rows. */
export async function contentsOf({ db, shown }: Store): Promise<Contents> {
  try {
    const answers = await db
      .selectFrom('vouch_scored')
      .select(({ fn }) => [
        fn.countAll().as('n'),
        fn.sum('redacted').as('redacted'),
        fn.min('time').as('from'),
        fn.max('time').as('to'),
      ])
      .executeTakeFirstOrThrow();
    const rows = await db
      .selectFrom('vouch_feedback')
      .select((eb) => [
        'kind',
        eb.fn.countAll().as('n'),
        eb.fn.count('scored').as('known'),
        eb.fn.count('label').as('labelled'),
        eb.fn.sum('contradicts').as('contradicts'),
      ])
      .groupBy('kind')
      .orderBy('kind')
      .execute();
    const head = await db.selectFrom('vouch_head').select(['seq', 'hash']).executeTakeFirstOrThrow();
    const iso = (time: unknown) => (time == null ? null : new Date(Number(time)).toISOString());
    return {
      ...{ answers: Number(answers.n), redacted: Number(answers.redacted ?? 0), from: iso(answers.from) },
      to: iso(answers.to),
      feedback: rows.map(({ kind, n, known, labelled, contradicts }) => ({
        kind,
        linked: Number(known) - Number(contradicts),
        contradicting: Number(contradicts),
        unknownId: Number(n) - Number(known),
        unlabelled: Number(n) - Number(labelled),
      })),
      head,
    };
  } catch (error) {
    throw coded(error, shown);
  }
}
