import { stringify } from 'csv-stringify/sync';
import { formulaSafe } from '../../data/write/formula-text.js';
import type { TableFormat } from './frame.js';

/**
 * CSV (RFC 4180, UTF-8, \n) with a header. Missing values are empty fields. Texts that a spreadsheet would run as a
 * formula get a leading `'`, unless `rawCsv` is set.
 */
export const csv: TableFormat = {
  endings: ['.csv'],
  open: (columns, _, { rawCsv = false } = {}) => {
    let header = `${stringify([columns.map(({ name }) => field(name, rawCsv))])}`;
    const taken = (): string => {
      const text = header;
      header = '';
      return text;
    };
    return {
      frame: ({ n, columns: data }) => {
        const rows = Array.from({ length: n }, (_, i) => data.map((values) => field(values[i], rawCsv)));
        return Buffer.from(taken() + stringify(rows));
      },
      end: () => Buffer.from(taken()),
    };
  },
};

function field(value: string | number | null, rawCsv: boolean): string {
  if (typeof value === 'string' && !rawCsv) return formulaSafe(value);
  return value === null || Number.isNaN(value) ? '' : String(value);
}
