import type { Open } from '../schema.js';
import type { Part } from './fold.js';
import { FEEDBACK_COUNTS } from './tables.js';

/** Counts feedback by day and kind. */
export async function foldFeedback(db: Open, { after, to, sign }: Part): Promise<void> {
  const { sql } = await import('kysely');
  const s = sql.lit(sign);
  const where = (is: string) => sql`${s} * sum(case when ${sql.raw(is)} then 1 else 0 end)`;
  const counts = [
    sql`${s} * count(*)`,
    where('label > 0.5'),
    where('label < 0.5'),
    where('label is null'),
    where('contradicts = 1'),
    where('scored is null'),
  ];
  const sum = (name: string) =>
    sql`${sql.ref(name)} = vouch_feedback_days.${sql.ref(name)} + excluded.${sql.ref(name)}`;
  await sql`insert into vouch_feedback_days (tenant, day, kind, ${sql.join(FEEDBACK_COUNTS.map((name) => sql.ref(name)))})
    select tenant, received / 86400000, kind, ${sql.join(counts)}
    from vouch_feedback where seq > ${after} and seq <= ${to}
    group by 1, 2, 3
    on conflict (tenant, day, kind) do update set ${sql.join(FEEDBACK_COUNTS.map(sum))}`.execute(db);
}

/** Feedback that was counted as about an unknown answer, and now has one. */
export async function foldLinked(
  db: Open,
  { tenant, received, kind }: { tenant: string; received: number; kind: string },
): Promise<void> {
  await db
    .updateTable('vouch_feedback_days')
    .set((eb) => ({ unknown: eb('unknown', '-', 1) }))
    .where('tenant', '=', tenant)
    .where('day', '=', Math.floor(received / 86_400_000))
    .where('kind', '=', kind)
    .execute();
}
