import { labelOf } from '../../data/label-of.js';
import type { Label } from '../../data/record.js';
import { appendAt } from '../../support/append.js';
import type { Open } from '../schema.js';
import { foldLabels } from './fold.js';
import type { LabelledTable } from './tables.js';

/** Answers per statement. */
const CHUNK = 500;

/** Makes the one label of these answers again, from all feedback on them, and counts it in place of the one before. */
export async function relabel(db: Open, answers: Iterable<number>): Promise<void> {
  const all = [...answers];
  for (let from = 0; from < all.length; from += CHUNK) await relabelPart(db, all.slice(from, from + CHUNK));
}

async function relabelPart(db: Open, answers: readonly number[]): Promise<void> {
  const before = await db.selectFrom('vouch_labelled').select('scored').where('scored', 'in', answers).execute();
  if (before.length > 0) {
    await foldLabels(db, { answers }, -1);
    await db.deleteFrom('vouch_labelled').where('scored', 'in', answers).execute();
  }
  const rows = await labelledRows(db, answers);
  if (rows.length === 0) return;
  await db.insertInto('vouch_labelled').values(rows).execute();
  await foldLabels(db, { answers }, 1);
}

async function labelledRows(db: Open, answers: readonly number[]): Promise<LabelledTable[]> {
  const said = await db
    .selectFrom('vouch_feedback as f')
    .innerJoin('vouch_scored as s', 's.seq', 'f.scored')
    .select(['s.seq', 's.tenant', 's.time', 's.bundle', 's.decision', 's.probability', 'f.label', 'f.source'])
    .where('f.scored', 'in', answers)
    .where('f.label', 'is not', null)
    .orderBy('f.seq')
    .execute();
  const labels = new Map<number, Label[]>();
  const rows = new Map<number, Omit<LabelledTable, 'label'>>();
  for (const { seq, label, source, tenant, time, bundle, decision, probability } of said) {
    appendAt(labels, seq, { value: label as number, source });
    rows.set(seq, { scored: seq, tenant, time, bundle, decision, probability });
  }
  return [...rows].map(([seq, row]) => ({
    ...row,
    label: labelOf({ id: '', answer: '', labels: labels.get(seq) })!.value,
  }));
}
