import { isObject } from '../../data/check-value.js';
import { fromJsonText } from '../../data/read/formats/stored/json-text.js';
import type { AnswerRecord, Label, Message } from '../../data/record.js';
import { VouchError } from '../../support/errors.js';
import { coded } from '../coded.js';
import type { Store } from '../open.js';
import { plainId } from '../plain-text.js';
import type { Database, ScoredTable } from '../schema.js';

/** Answers that are read together. */
const PART = 500;

/**
 * The stored answers that feedback gave a label, with all their labels, as records that can be trained on: ids, texts
 * and names. A repeated id gets the row's number. Errors: NOT_STORED if there are none, and why; STORE_BAD,
 * STORE_UNAVAILABLE. Memory: the ids.
 */
export async function* labelledAnswers(store: Store, tenant?: string): AsyncGenerator<AnswerRecord> {
  const seen = new Set<string>();
  try {
    for (let after = 0; ; ) {
      const rows = await labelledRows(store.db, { tenant, after }).limit(PART).execute();
      if (rows.length === 0) break;
      after = rows[rows.length - 1].seq;
      const texts = rows.filter(({ answer }) => answer !== null);
      const labels = await labelsOf(store.db, texts);
      for (const row of texts) {
        const own = row.id ?? row.response ?? `stored:${row.seq}`;
        const id = seen.has(own) ? `${own}#${row.seq}` : own;
        seen.add(id);
        yield recordOf(row, id, labels.get(row.seq));
      }
    }
    if (seen.size > 0) return;
    const any = await labelledRows(store.db, { tenant, after: 0 }).limit(1).executeTakeFirst();
    throw any === undefined
      ? new VouchError('NOT_STORED', 'no stored answer has a label from feedback', { file: store.shown })
      : new VouchError('NOT_STORED', 'the answers with labels have no texts', {
          file: store.shown,
          hint: 'Run the service with --store-texts; texts of earlier answers cannot be added.',
        });
  } catch (error) {
    throw coded(error, store.shown);
  }
}

function labelledRows(db: Database, { tenant, after }: { tenant?: string; after: number }) {
  const rows = db
    .selectFrom('vouch_scored as s')
    .selectAll('s')
    .where('s.seq', '>', after)
    .where((eb) =>
      eb.exists(
        eb
          .selectFrom('vouch_feedback as f')
          .select('f.seq')
          .whereRef('f.scored', '=', 's.seq')
          .where('f.label', 'is not', null),
      ),
    )
    .orderBy('s.seq');
  return tenant === undefined ? rows : rows.where('s.tenant', '=', plainId(tenant));
}

async function labelsOf(db: Database, answers: readonly ScoredTable[]): Promise<Map<number, Label[]>> {
  const labels = new Map<number, Label[]>(answers.map(({ seq }) => [seq, []]));
  if (labels.size === 0) return labels; // PostgreSQL knows no empty list
  const said = await db
    .selectFrom('vouch_feedback')
    .select(['scored', 'label', 'source', 'rater', 'given', 'received'])
    .where('scored', 'in', [...labels.keys()])
    .where('label', 'is not', null)
    .orderBy('seq')
    .execute();
  for (const { scored, label, source, rater, given, received } of said) {
    const time = new Date(given ?? received).toISOString();
    labels.get(scored as number)?.push({ value: label as number, source, time, ...(rater === null ? {} : { rater }) });
  }
  return labels;
}

function recordOf(row: ScoredTable, id: string, labels: Label[] | undefined): AnswerRecord {
  const { question, model, task, selected, time, prompt, answer } = row;
  return {
    id,
    ...(question === null ? {} : { group: question }),
    ...(model === null ? {} : { model }),
    ...(task === null ? {} : { task }),
    ...(selected === 1 ? { selected: true } : {}),
    time: new Date(time).toISOString(),
    ...(prompt === null ? {} : askedIn(prompt)),
    answer: answer as string,
    labels,
  };
}

/** What was asked, from the text that the store keeps: messages are kept as JSON. */
export function askedIn(prompt: string): { messages: Message[] } | { prompt: string } {
  const value = fromJsonText(prompt);
  const isMessages = Array.isArray(value) && value.length > 0 && value.every(isMessage);
  return isMessages ? { messages: value } : { prompt };
}

function isMessage(value: unknown): value is Message {
  if (!isObject(value) || typeof value.role !== 'string') return false;
  return value.content === null || typeof value.content === 'string';
}
