import type { Open } from '../schema.js';
import { foldAnswers, foldLabels } from './fold.js';
import { foldBought } from './fold-bought.js';
import { foldFeedback } from './fold-feedback.js';

/**
 * Takes all rows up to this one out of the counts, before they are removed. Returns answers after it whose labels must be
 * made again, because feedback before it is about them.
 */
export async function uncount(db: Open, through: number): Promise<number[]> {
  const part = { after: 0, to: through, sign: -1 } as const;
  await foldLabels(db, { through }, -1);
  await db.deleteFrom('vouch_labelled').where('scored', '<=', through).execute();
  await foldAnswers(db, part);
  await foldBought(db, part);
  await foldFeedback(db, part);
  for (const table of ['vouch_rollup', 'vouch_bought', 'vouch_feedback_days'] as const) {
    await db.deleteFrom(table).where('n', '<=', 0).execute();
  }
  const later = await db
    .selectFrom('vouch_feedback')
    .select('scored')
    .distinct()
    .where('seq', '<=', through)
    .where('scored', '>', through)
    .execute();
  return later.map(({ scored }) => scored as number);
}
