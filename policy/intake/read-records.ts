import { groupMaker } from '../../data/group/maker.js';
import type { AnswerSource } from '../../data/read/answer-source.js';
import { type BadLine, type ReadOptions, readAnswers } from '../../data/read/answers.js';
import { newSummary, notesOf } from '../../data/read/summary.js';
import type { AnswerRecord } from '../../data/record.js';
import { seenTexts } from '../../data/seen.js';
import { append } from '../../support/append.js';
import { VouchError } from '../../support/errors.js';
import { type ShowProgress, silent } from '../../support/progress.js';
import { unlessAborted } from '../../support/unless-aborted.js';

/** All answers of a log in memory, with the question of each. */
export interface ReadRecords {
  records: AnswerRecord[];
  groups: string[];
  bad: BadLine[];
  notes: string[];
}

/**
 * Reads all answers: a policy needs those of a question together. Memory: all records. Errors: those of reading;
 * NO_ANSWERS; DUPLICATE_ID; INTERRUPTED if `signal` fired.
 */
export async function readRecords(
  answers: AnswerSource,
  read: ReadOptions,
  { show = silent, signal }: { show?: ShowProgress; signal?: AbortSignal },
): Promise<ReadRecords> {
  const summary = newSummary();
  const grouped = groupMaker(read.groupBy, read.mergeNear);
  const ids = seenTexts();
  const records: AnswerRecord[] = [];
  const bad: BadLine[] = [];
  const shown = show('read', { unit: 'answers' });
  for await (const batch of readAnswers(answers, { ...read, summary })) {
    unlessAborted(signal);
    batch.records.forEach((record, i) => {
      if (!ids.add(record.id ?? '')) {
        throw new VouchError('DUPLICATE_ID', 'an earlier answer has the same id', {
          ...{ file: batch.file, line: batch.lines[i], field: 'id', got: record.id },
        });
      }
      grouped.add(record);
    });
    append(records, batch.records);
    append(bad, batch.bad);
    shown.add(batch.records.length);
  }
  shown.done();
  if (records.length === 0) throw new VouchError('NO_ANSWERS', 'there is no answer');
  const { groups, notes } = grouped.finish();
  return { records, groups, bad, notes: [...notesOf(summary), ...notes] };
}
