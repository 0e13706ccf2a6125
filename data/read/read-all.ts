import { append } from '../../support/append.js';
import { VouchError } from '../../support/errors.js';
import { type ShowProgress, silent } from '../../support/progress.js';
import { unlessAborted } from '../../support/unless-aborted.js';
import { groupMaker } from '../group/maker.js';
import type { AnswerRecord } from '../record.js';
import { seenTexts } from '../seen.js';
import type { AnswerSource } from './answer-source.js';
import { type BadLine, type ReadOptions, readAnswers } from './answers.js';
import { newSummary, notesOf } from './summary.js';

/** What was made of each answer, in order, with the question of each. */
export interface ReadAll<T> {
  items: T[];
  groups: string[];
  /** A hash of what is asked; null if unknown. */
  question: (row: number) => string | null;
  bad: BadLine[];
  notes: string[];
}

/**
 * Reads all answers and makes `of` each record what is needed of it, for work that needs the answers to a question
 * together. Errors: those of reading; NO_ANSWERS; DUPLICATE_ID; INTERRUPTED if `signal` fired.
 */
export async function readAll<T>(
  answers: AnswerSource,
  read: ReadOptions,
  { show = silent, signal }: { show?: ShowProgress; signal?: AbortSignal },
  of: (record: AnswerRecord) => T | Promise<T>,
): Promise<ReadAll<T>> {
  const grouping = groupMaker(read.groupBy, read.mergeNear);
  const items: T[] = [];
  const ids = seenTexts();
  const bad: BadLine[] = [];
  const summary = newSummary();
  const shown = show('read', { unit: 'answers' });
  for await (const batch of readAnswers(answers, { ...read, summary })) {
    unlessAborted(signal);
    for (const [i, record] of batch.records.entries()) {
      if (!ids.add(record.id)) throw sameId(record.id, batch.file, batch.lines[i]);
      grouping.add(record);
      items.push(await of(record));
    }
    append(bad, batch.bad);
    shown.add(batch.records.length);
  }
  shown.done();
  if (items.length === 0) throw new VouchError('NO_ANSWERS', 'no answer was read');
  const { groups, notes, question } = grouping.finish();
  return { items, groups, question, bad, notes: [...notesOf(summary), ...notes] };
}

function sameId(id: string, file: string, line: number): VouchError {
  const hint = 'It would count twice. Use another field as the id (--map id=FIELD), or remove one of them.';
  return new VouchError('DUPLICATE_ID', 'an earlier answer has the same id', {
    file,
    line,
    field: 'id',
    got: id,
    hint,
  });
}
