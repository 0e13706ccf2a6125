import { VouchError } from '../../../support/errors.js';
import { csv } from './csv.js';
import type { Format } from './format.js';
import { gzipped } from './gzipped.js';
import { jsonLines } from './json-lines.js';
import { parquet } from './parquet.js';

export { jsonLines as jsonLinesFormat } from './json-lines.js';

/** All output formats. */
export const formats: readonly Format[] = [jsonLines, gzipped(jsonLines), csv, gzipped(csv), parquet];

/** The format that a file name asks for by its ending. Errors: BAD_USAGE if the ending is unknown. */
export function formatOf(out: string): Format {
  const name = out.toLowerCase();
  const format = formats.find(({ endings }) => endings.some((ending) => name.endsWith(ending)));
  if (format !== undefined) return format;
  throw new VouchError('BAD_USAGE', 'the ending of the output file is not that of a known format', {
    field: 'out',
    expected: `${formats.flatMap(({ endings }) => endings).join(', ')}, or - for JSON Lines on standard output`,
    got: out,
  });
}
