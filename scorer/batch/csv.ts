import { stringify } from 'csv-stringify/sync';
import type { Score } from '../open.js';
import { COLUMNS, type Format } from './format.js';
import { shortest } from './shortest.js';

/** CSV (RFC 4180, UTF-8, \n): a header, then one row an answer; no decision is an empty field. */
export const csv: Format = {
  endings: ['.csv'],
  open: () => ({
    block: (rows, at) => Buffer.from(header(at) + stringify(rows.map(fieldsOf))),
    tail: (at) => Buffer.from(header(at)),
  }),
};

function header(at: number): string {
  return at === 0 ? `${COLUMNS.join(',')}\n` : '';
}

function fieldsOf({ id, probability, decision, logit, pattern }: Score): (string | number | null)[] {
  return [id, shortest(probability), decision, shortest(logit), pattern];
}
