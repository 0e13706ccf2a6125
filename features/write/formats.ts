import { VouchError } from '../../support/errors.js';
import { arrow } from './arrow.js';
import { csv } from './csv.js';
import type { TableFormat } from './frame.js';
import { parquet } from './parquet.js';

/** The formats a table of signals is written in. */
export const tableFormats: readonly TableFormat[] = [parquet, arrow, csv];

/** The format of a file name. Error: UNKNOWN_FORMAT. */
export function tableFormatOf(path: string): TableFormat {
  const format = tableFormats.find(({ endings }) => endings.some((ending) => path.toLowerCase().endsWith(ending)));
  if (format !== undefined) return format;
  const expected = tableFormats.flatMap(({ endings }) => endings).join(', ');
  throw new VouchError('UNKNOWN_FORMAT', 'no format for a table of signals has this ending', { file: path, expected });
}
