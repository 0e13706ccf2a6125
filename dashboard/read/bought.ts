import { sql } from 'kysely';
import { spentIn } from '../../scorer/policy/stored-basis.js';
import type { Database } from '../../store/schema.js';
import { inPeriod } from './in-period.js';
import type { Period } from './period.js';

/** Answers of one step that a policy decided about in the same way. */
export interface Bought {
  /** The first hour of the step. */
  at: number;
  bundle: string;
  /** The stages that were paid for, in order. A stage that failed was paid for too. */
  stages: string[];
  /** '' if there is none. */
  decision: string;
  n: number;
}

/** What policies bought in a period. Cost: the rows of counts, not of answers. */
export async function boughtIn(db: Database, period: Period, tenant: string | null): Promise<Bought[]> {
  const { at, isInside } = inPeriod(period, tenant);
  const { rows } = await sql<Record<'at' | 'bundle' | 'basis' | 'decision' | 'n', unknown>>`
    select ${at} as at, bundle, basis, decision, sum(n) as n
    from vouch_bought where ${isInside}
    group by 1, 2, 3, 4 order by 1`.execute(db);
  // sums are texts in PostgreSQL
  return rows.map(({ at: hour, bundle, basis, decision, n }) => ({
    ...{ at: Number(hour), bundle: String(bundle), decision: String(decision), n: Number(n) },
    stages: spentIn(String(basis)) ?? [],
  }));
}
