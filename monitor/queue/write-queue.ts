import { existsSync } from 'node:fs';
import { type Column, todoCsv } from '../../data/label/todo.js';
import type { AnswerRecord } from '../../data/record.js';
import { writeAtomic } from '../../support/atomic.js';
import { VouchError } from '../../support/errors.js';
import type { QueueRow } from './draw.js';

/** An answer as the queue shows it. */
export type QueueText = AnswerRecord & {
  /** The id that the client gave the answer, if the queue names it otherwise. */
  answerId?: string;
};

/** Error: OUT_EXISTS, because the file may hold labels that people filled in; BAD_USAGE for another ending. */
export function checkQueueFile(file: string): void {
  if (!/\.(csv|jsonl)$/i.test(file)) {
    throw new VouchError('BAD_USAGE', 'the queue is written as CSV or as JSON Lines', {
      field: 'queue',
      expected: 'a name that ends in .csv or .jsonl',
      got: file,
    });
  }
  if (!existsSync(file)) return;
  throw new VouchError('OUT_EXISTS', 'the file exists already and may hold labels that people filled in', {
    file,
    hint: 'Name another one with --queue.',
  });
}

/**
 * Writes the queue, the label that tells most first, with an empty column `label` to fill in. Rows whose record is not
 * at hand have no text. `--labels` reads the file back. Errors: OUT_UNWRITABLE, DISK_FULL.
 */
export async function writeQueue(
  file: string,
  rows: readonly QueueRow[],
  records: ReadonlyMap<string, QueueText>,
): Promise<void> {
  const recordOf = (id: string): QueueText => records.get(id) ?? ({ id, answer: '' } as AnswerRecord);
  if (/\.csv$/i.test(file)) {
    const byId = new Map(rows.map((row) => [row.id, row]));
    const more: Column[] = (['standsFor', 'rank', 'gain', 'chance', 'claim'] as const).map((name) => ({
      name,
      cell: (id: string) => shown(byId.get(id)![name]),
    }));
    const hasOther = rows.some(({ id }) => records.get(id)?.answerId !== undefined);
    if (hasOther) more.push({ name: 'answerId', cell: (id: string) => records.get(id)?.answerId ?? '' });
    const drawn = rows.map(({ id }) => ({ record: recordOf(id), file: '' }));
    await writeAtomic(file, todoCsv(drawn, 'human', more));
    return;
  }
  const lines = rows.map(({ id, rank, gain, chance, standsFor, claim }) => {
    const { answerId, group, prompt, messages, context, answer, reference } = recordOf(id);
    const asked = { answerId, group, prompt, messages, context, answer, reference };
    return `${JSON.stringify({ id, ...asked, rank, gain, chance, standsFor, claim, label: null, source: 'human' })}\n`;
  });
  await writeAtomic(file, lines.join(''));
}

function shown(value: string | number | null): string {
  return typeof value === 'number' ? String(Number(value.toPrecision(6))) : (value ?? '');
}
