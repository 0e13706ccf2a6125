import { sql } from 'kysely';
import type { Database } from '../../store/schema.js';

/** A bundle that scored answers in the store. */
export interface Version {
  bundle: string;
  /** The first hour of the first and of the last day with an answer. */
  first: number;
  last: number;
  answers: number;
  accepted: number;
  labelled: number;
  labelSum: number;
}

/** The bundles that scored stored answers, the latest first. */
export async function versionsIn(db: Database, tenant: string | null): Promise<Version[]> {
  const own = tenant === null ? sql`` : sql`and tenant = ${tenant}`;
  const { rows } = await sql<Record<string, unknown>>`
    select bundle, min(start) as first, max(start) as last, sum(n) as answers, sum(labelled) as labelled,
      sum(case when decision = 'accept' then n else 0 end) as accepted, sum(label_sum) as label_sum
    from vouch_rollup where span = 24 ${own} group by bundle order by last desc, bundle`.execute(db);
  return rows.map((row) => ({
    ...{ bundle: String(row.bundle), first: Number(row.first), last: Number(row.last) },
    ...{ answers: Number(row.answers), accepted: Number(row.accepted) },
    ...{ labelled: Number(row.labelled), labelSum: Number(row.label_sum) },
  }));
}
