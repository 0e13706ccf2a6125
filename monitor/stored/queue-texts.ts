import type { AnswerRecord } from '../../data/record.js';
import { askedIn } from '../../store/read/labelled.js';
import { textsOfNames } from '../../store/read/texts.js';
import type { Database } from '../../store/schema.js';
import type { QueueText } from '../queue/write-queue.js';
import { storedName } from './named.js';

/** What the queue shows of stored answers: the id that the client gave, the question and, if they are stored, the texts. */
export async function textsOf(
  db: Database,
  names: ReadonlySet<string>,
  bundle: string,
): Promise<Map<string, QueueText>> {
  const rows = names.size === 0 ? [] : await textsOfNames(db, [...names], bundle);
  return new Map(
    rows.map((row) => {
      const { id, question, prompt, answer } = row;
      const record: QueueText = {
        ...({ id: storedName(row), answer: answer ?? '' } as AnswerRecord),
        ...(question === null ? {} : { group: question }),
        ...(prompt === null ? {} : askedIn(prompt)),
        ...(id === null ? {} : { answerId: id }),
      };
      return [record.id, record];
    }),
  );
}
