import { sql } from 'kysely';
import { FEEDBACK_COUNTS } from '../../store/rollup/tables.js';
import type { Database } from '../../store/schema.js';
import type { Period } from './period.js';

/** Feedback of one kind that was received in one step. */
export type CountedFeedback = { at: number; kind: string } & Record<(typeof FEEDBACK_COUNTS)[number], number>;

/** Feedback that was received in a period, by step and kind. A step is a day or longer. */
export async function feedbackIn(
  db: Database,
  { from, to, step }: Period,
  tenant: string | null,
): Promise<CountedFeedback[]> {
  const own = tenant === null ? sql`` : sql`and tenant = ${tenant}`;
  const sums = sql.join(FEEDBACK_COUNTS.map((name) => sql`sum(${sql.ref(name)}) as ${sql.ref(name)}`));
  const s = sql.lit(feedbackStep(step));
  const { rows } = await sql<Record<string, unknown>>`
    select (day * 24 / ${s}) * ${s} as at, kind, ${sums} from vouch_feedback_days
    where day >= ${Math.floor(from / 24)} and day * 24 < ${to} ${own} group by 1, 2 order by 1, 2`.execute(db);
  return rows.map((row) => {
    const counts = FEEDBACK_COUNTS.map((name) => [name, Number(row[name])]);
    return { at: Number(row.at), kind: String(row.kind), ...Object.fromEntries(counts) } as CountedFeedback;
  });
}

/** Hours of a step of feedback, which is counted by day. */
export function feedbackStep(step: number): number {
  return Math.max(24, step);
}
