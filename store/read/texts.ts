import type { Database, ScoredTable } from '../schema.js';

/** What the store knows of the text of an answer. */
type StoredText = Pick<ScoredTable, 'seq' | 'response' | 'id' | 'question' | 'prompt' | 'answer'>;

const TOGETHER = 500;

/** The texts of a bundle's answers with these response ids or, without a response id, these ids. */
export async function textsOfNames(db: Database, names: readonly string[], bundle: string): Promise<StoredText[]> {
  const all: StoredText[] = [];
  for (let from = 0; from < names.length; from += TOGETHER) {
    for (const column of ['response', 'id'] as const) {
      let query = db
        .selectFrom('vouch_scored')
        .select(['seq', 'response', 'id', 'question', 'prompt', 'answer'])
        .where('bundle', '=', bundle)
        .where(column, 'in', names.slice(from, from + TOGETHER));
      if (column === 'id') query = query.where('response', 'is', null);
      for (const row of await query.orderBy('seq').execute()) all.push(row);
    }
  }
  return all;
}
