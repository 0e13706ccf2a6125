import { stringify } from 'csv-stringify/sync';
import { formulaSafe } from '../../../data/write/formula-text.js';
import type { Score } from '../../scorer.js';
import { columnsOf, type Extras, type Format, joined } from './format.js';
import { shortest } from './shortest.js';
import { TRACE_COLUMNS } from './trace.js';

/**
 * CSV (RFC 4180, UTF-8, \n): a header, then one row per answer. An empty field means no decision, or no reason for a
 * missing one. Texts that spreadsheets would run as formulas get a `'` in front; numbers never do.
 */
export const csv: Format = {
  endings: ['.csv'],
  open: (extras) => {
    const header = (at: number) => (at === 0 ? `${columnsOf(extras).join(',')}\n` : '');
    return {
      part: (rows) => new TextEncoder().encode(stringify(rows.map((row) => fieldsOf(row, extras)))),
      block: (parts, at) => joined([Buffer.from(header(at)), ...parts]),
      tail: (at) => Buffer.from(header(at)),
    };
  },
};

function fieldsOf(
  row: Score,
  { reasons, rawCsv = false, grounded = false, trace }: Extras,
): (string | number | null)[] {
  const { id, probability, decision, why, missing, pattern, claim, bundle, basis, promise } = row;
  const said = [
    decision,
    why,
    missing === null ? null : JSON.stringify(missing),
    pattern,
    claim,
    bundle,
    basis,
    promise,
  ];
  const numbers = [row.logit, row.low, row.high, row.shift].map(shortest);
  const safe = (text: string | null) => (text === null || rawCsv ? text : formulaSafe(text));
  const grounds = grounded ? [row.grounded, row.groundedBy].map(jsonOrNull) : [];
  const from = trace === undefined ? [] : TRACE_COLUMNS.map((name) => trace[name]);
  const fields = [safe(id), shortest(probability), ...said.map(safe), ...numbers, ...grounds, ...from];
  return reasons ? [...fields, JSON.stringify(row.reasons)] : fields;
}

function jsonOrNull(value: unknown): string | null {
  return value === undefined ? null : JSON.stringify(value);
}
