import type { Open } from '../schema.js';
import { run } from './fold.js';
import type { Part } from './statements-of-part.js';
import { FEEDBACK_COUNTS } from './tables.js';

const IS: Record<Exclude<(typeof FEEDBACK_COUNTS)[number], 'n'>, string> = {
  said_right: 'label > 0.5',
  said_wrong: 'label < 0.5',
  unlabelled: 'label is null',
  contradicting: 'contradicts = 1',
  unknown: 'scored is null',
};

/** Counts feedback by day and kind. */
export async function foldFeedback(db: Open, { after, to, sign }: Part): Promise<void> {
  const counts = FEEDBACK_COUNTS.map((name) =>
    name === 'n' ? `${sign} * count(*)` : `${sign} * sum(case when ${IS[name]} then 1 else 0 end)`,
  );
  const existing = FEEDBACK_COUNTS.map((name) => `${name} = vouch_feedback_days.${name} + excluded.${name}`);
  await run(
    db,
    `insert into vouch_feedback_days (tenant, day, kind, ${FEEDBACK_COUNTS.join(', ')})
    select tenant, received / 86400000, kind, ${counts.join(', ')}
    from vouch_feedback where seq > ${after} and seq <= ${to} group by 1, 2, 3
    on conflict (tenant, day, kind) do update set ${existing.join(', ')}`,
  );
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
