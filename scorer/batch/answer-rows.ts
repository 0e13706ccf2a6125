import { dropScores } from '../../data/grades/drop-scores.js';
import { checkedRow } from '../../data/read/checked-row.js';
import { type BadLine, type PackedRow, type Row, textOf } from '../../data/read/row.js';
import type { Answer } from '../../data/token-list.js';
import { VouchError } from '../../support/errors.js';
import type { AnswerRows, Block } from './block.js';
import type { Cursor } from './cursor.js';
import { otherInput, type Place } from './place.js';

/** Gathers the rows of a table into blocks of checked answers. */
export interface AnswerReader {
  /** Rows gathered. */
  readonly count: number;
  /** Takes a row if it is the shard's; false where it is not. Errors: those of the row, where bad lines stop the run. */
  add(row: Row, convert: (row: Row) => unknown): boolean;
  take(): Pick<Block, 'place'> & { rows: AnswerRows };
}

export function answerReader(
  file: string,
  cursor: Cursor,
  { badLines, from }: { badLines: 'stop' | 'skip'; from: Place },
): AnswerReader {
  let answers: Answer[] = [];
  let packed: (PackedRow | undefined)[] = [];
  let bad: BadLine[] = [];
  let line = 0;
  let id: string | null = null;
  const take = (row: Row, convert: (row: Row) => unknown): void => {
    line = row.line;
    try {
      const answer = checkedRow(row, convert, file, dropScores);
      answers.push(answer);
      packed.push(row.tokens);
      id = answer.id;
    } catch (error) {
      if (badLines === 'stop' || !(error instanceof VouchError)) throw error;
      bad.push({ file, line, text: textOf(row), error });
      id = null;
    }
  };
  const checkLast = (row: Row, convert: (row: Row) => unknown): void => {
    let last: string | null = null;
    try {
      last = checkedRow(row, convert, file, dropScores).id;
    } catch (error) {
      if (!(error instanceof VouchError)) throw error;
    }
    if (cursor.file !== from.file || row.line !== from.line || last !== from.id) throw otherInput(from, last);
  };
  return {
    get count() {
      return answers.length + bad.length;
    },
    add(row, convert) {
      const what = cursor.next();
      if (what === 'last') checkLast(row, convert);
      if (what !== 'take') return false;
      take(row, convert);
      return true;
    },
    take() {
      const rows = { answers, packed, bad, id };
      answers = [];
      packed = [];
      bad = [];
      return { rows, place: cursor.place(line) };
    },
  };
}
