import { checkAnswer } from '../../data/check-record.js';
import { plainPlan } from '../../data/read/json/json-plan.js';
import { parseJson } from '../../data/read/json/parse-json.js';
import type { RowSink } from '../../data/read/row-sink.js';
import { LineReader } from '../../data/scan/line-reader.js';
import { Scanner } from '../../data/scan/scanner.js';
import type { Answer } from '../../data/token-list.js';
import { TableBuilder } from '../../features/table.js';

const reader = new LineReader(new Scanner(), plainPlan, { requests: new Map() }, 'made.jsonl');

/** Calls back with the position of each line. */
export function eachLine(buffer: Buffer, call: (from: number, to: number, number: number) => void): number {
  let number = 0;
  for (let from = 0; from < buffer.length; ) {
    const to = buffer.indexOf(10, from);
    call(from, to, ++number);
    from = to + 1;
  }
  return number;
}

/** Splits the Buffer and calls JSON.parse, nothing more. */
export function parseOnly(lines: Buffer): number {
  let n = 0;
  eachLine(lines, (from, to) => {
    if (JSON.parse(lines.toString('utf8', from, to)) !== null) n++;
  });
  return n;
}

/** Parses and checks whole records, then makes the table of signals. */
export function plainTable(lines: Buffer, topK: number): number {
  const builder = new TableBuilder(topK);
  eachLine(lines, (from, to, number) => {
    builder.add(checkAnswer(parseJson(lines.toString('utf8', from, to)), 'made.jsonl', number));
  });
  return builder.finish().numRows();
}

/** Makes the same table with the scanner. */
export function scannedTable(lines: Buffer, topK: number): number {
  const builder = new TableBuilder(topK);
  const sink: RowSink = {
    record: (record) => builder.add(record as Answer),
    bad: ({ error }) => {
      throw error;
    },
    passed: () => {},
  };
  eachLine(lines, (from, to, number) => reader.read({ bytes: lines, from, to, number }, sink));
  return builder.finish().numRows();
}
