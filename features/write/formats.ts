import { VouchError } from '../../support/errors.js';
import { arrow } from './arrow.js';
import { csv } from './csv.js';
import type { TableFormat } from './frame.js';
import { parquet } from './parquet.js';

/** The formats in which a table of signals can be written. */
export const tableFormats: readonly TableFormat[] = [parquet, arrow, csv];

/** The format for a file name, by its ending. Error: UNKNOWN_FORMAT. */
export function tableFormatOf(path: string): TableFormat {
  const format = tableFormats.find(({ endings }) => endings.some((ending) => path.toLowerCase().endsWith(ending)));
  if (format !== undefined) return format;
  const expected = tableFormats.flatMap(({ endings }) => endings).join(', ');
  throw new VouchError('UNKNOWN_FORMAT', 'a table of signals cannot be written to a file with this ending', {
    file: path,
    expected,
  });
}
