import { stringify } from 'csv-stringify/sync';
import type { TableFormat } from './frame.js';

/** CSV (RFC 4180, UTF-8, \n) with a header; what was not recorded is an empty field. */
export const csv: TableFormat = {
  endings: ['.csv'],
  open: (columns) => {
    let header = `${stringify([columns.map(({ name }) => name)])}`;
    const taken = (): string => {
      const text = header;
      header = '';
      return text;
    };
    return {
      frame: ({ n, columns: data }) => {
        const rows = Array.from({ length: n }, (_, i) => data.map((values) => field(values[i])));
        return Buffer.from(taken() + stringify(rows));
      },
      end: () => Buffer.from(taken()),
    };
  },
};

function field(value: string | number | null): string {
  return value === null || Number.isNaN(value) ? '' : String(value);
}
