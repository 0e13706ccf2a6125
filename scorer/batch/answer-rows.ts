import { dropScores } from '../../data/grades/drop-scores.js';
import { type Convert, readRow } from '../../data/read/read-row.js';
import { type BadLine, type PackedRow, type Row, textOf } from '../../data/read/row.js';
import type { RowSink } from '../../data/read/row-sink.js';
import type { Logged } from '../../data/token-list.js';
import type { AnswerRows, Block } from './block.js';
import type { Cursor } from './resume/cursor.js';

/** Collects the rows of a table or a document into blocks of checked records. */
interface AnswerReader {
  /** Number of rows collected: records, bad rows, and rows without a record. */
  readonly count: number;
  /**
   * Adds a row if it belongs to the shard; returns false if it does not. Errors: those of the row, if bad lines stop
   * the run.
   */
  add(row: Row, convert: Convert): boolean;
  take(): Pick<Block, 'place'> & { rows: AnswerRows };
}

/** `isText`: the file is a text that is read from its start; the cursor checks its rows. */
export function answerReader(
  file: string,
  cursor: Cursor,
  { badLines, isText }: { badLines: 'stop' | 'skip'; isText: boolean },
): AnswerReader {
  let answers: Logged[] = [];
  let packed: (PackedRow | undefined)[] = [];
  let bad: BadLine[] = [];
  let passed = 0;
  let line = 0;
  let id: string | null = null;
  const sink: RowSink = {
    before: dropScores,
    record: (record, _, tokens) => {
      answers.push(record);
      packed.push(tokens);
      id = record.id;
    },
    bad: (found) => {
      if (badLines === 'stop') throw found.error;
      bad.push(found);
      id = null;
    },
    passed: () => {
      passed++;
    },
  };
  const checkLast = (row: Row, convert: Convert): void => {
    const last = lastIdIn((sink) => readRow(row, convert, file, sink));
    cursor.check({ line: row.line, id: last });
  };
  return {
    get count() {
      return answers.length + bad.length + passed;
    },
    add(row, convert) {
      const what = cursor.next(isText ? Buffer.from(textOf(row)) : null);
      if (what === 'last') checkLast(row, convert);
      if (what !== 'take') return false;
      line = row.line;
      id = null;
      readRow(row, convert, file, sink);
      return true;
    },
    take() {
      const rows = { answers, packed, bad, passed, id };
      answers = [];
      packed = [];
      bad = [];
      passed = 0;
      return { rows, place: cursor.place(line) };
    },
  };
}

/** Id of the last record of a read; null if the last row is bad, or if there is none. */
export function lastIdIn(read: (sink: RowSink) => void): string | null {
  let id: string | null = null;
  read({
    before: dropScores,
    record: (record) => {
      id = record.id;
    },
    bad: () => {
      id = null;
    },
    passed: () => {},
  });
  return id;
}
