import type { UnreadRows } from '../scan/unread-rows.js';
import { IN_MEMORY, type RecordSource } from './answer-source.js';
import { copied } from './copied.js';
import { type Convert, readRow } from './read-row.js';
import type { Fields } from './table/fields.js';

/** Records that are handed out together. */
const TOGETHER = 64;

/** A record is canonical already. */
export const canonical: Convert = ({ value }) => [{ record: value as Fields }];

/** Records in memory as rows that are read like those of a file; the number of a record stands for its line. */
export async function* recordRows(records: RecordSource): AsyncGenerator<UnreadRows> {
  let rows: UnreadRows['rows'] = [];
  let line = 0;
  for await (const record of records) {
    const row = { line: ++line, value: copied(record) as unknown };
    rows.push({ characters: 0, read: (sink) => readRow(row, canonical, IN_MEMORY, sink) });
    if (rows.length < TOGETHER) continue;
    yield { rows, read: 0 };
    rows = [];
  }
  if (rows.length > 0) yield { rows, read: 0 };
}
