import type { Database, ScoredTable } from '../../store/schema.js';

/** The source of labels that were given on the page. */
export const REVIEWER = 'reviewer';

/** Ids per statement. */
const CHUNK = 500;

/** An answer of the queue that is in the store. */
export interface Queued {
  id: string;
  /** Number of the answer in the store. */
  seq: number;
  tenant: string;
  /** What reviewers said so far: 1 right, 0 wrong, null: cannot decide. */
  said: (number | null)[];
}

/** The answers of the queue that are in the store, in the order of the queue, and what reviewers said on them. */
export async function queuedAnswers(db: Database, ids: readonly string[], tenant: string | null): Promise<Queued[]> {
  const found = new Map<string, Queued>();
  for (let i = 0; i < ids.length; i += CHUNK) {
    const part = ids.slice(i, i + CHUNK);
    for (const column of ['response', 'id'] as const) {
      let answers = db.selectFrom('vouch_scored').select(['seq', 'tenant', column]).where(column, 'in', part);
      if (tenant !== null) answers = answers.where('tenant', '=', tenant);
      for (const row of await answers.orderBy('seq').execute()) {
        const id = row[column] as string;
        found.set(id, { id, seq: row.seq, tenant: row.tenant, said: [] });
      }
    }
    const said = await db
      .selectFrom('vouch_feedback')
      .select(['target', 'tenant', 'label'])
      .where('target', 'in', part)
      .where('source', '=', REVIEWER)
      .orderBy('seq')
      .execute();
    for (const { target, tenant: of, label } of said) {
      const answer = found.get(target as string);
      if (answer !== undefined && answer.tenant === of) answer.said.push(label);
    }
  }
  return ids.flatMap((id) => found.get(id) ?? []);
}

/** What a reviewer sees of an answer. */
export type Shown = Pick<ScoredTable, 'time' | 'model' | 'task' | 'prompt' | 'answer' | 'redacted'>;

export async function shownAnswer(db: Database, seq: number): Promise<Shown | undefined> {
  return db
    .selectFrom('vouch_scored')
    .select(['time', 'model', 'task', 'prompt', 'answer', 'redacted'])
    .where('seq', '=', seq)
    .executeTakeFirst();
}
