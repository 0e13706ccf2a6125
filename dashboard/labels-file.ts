import type { Database } from '../store/schema.js';
import { queueIds } from './read/queue.js';
import { queuedAnswers, REVIEWER } from './read/waiting.js';

/** The labels that reviewers gave to answers of the queue, as JSON Lines for `vouch monitor --labels`. */
export async function labelsFile(db: Database, queue: string | null, tenant: string | null): Promise<string> {
  const ids = queue === null ? null : await queueIds(queue);
  const answers = ids === null ? [] : await queuedAnswers(db, ids, tenant);
  return answers
    .flatMap(({ id, said }) => said.flatMap((label) => (label === null ? [] : [{ id, label, source: REVIEWER }])))
    .map((line) => `${JSON.stringify(line)}\n`)
    .join('');
}
