import { VouchError } from '../../support/errors.js';
import { jsonRow } from '../read/json/json-rows.js';
import { linesOf } from '../read/lines.js';
import { openBytes } from '../read/unpack/bytes.js';

/** A checked row with its file, line and text. */
interface Placed<T> {
  file: string;
  line: number;
  text: string;
  row: T;
}

/** Checks the value of a line and gives it an id. Throws BAD_RECORD with file and line. */
type Check<T> = (value: unknown, file: string, line: number) => T;

/** The rows of JSON Lines files, checked. Errors: BAD_JSON and BAD_RECORD with file and line, DUPLICATE_ID. */
export async function* readRows<T extends { id: string }>(
  files: readonly string[],
  check: Check<T>,
): AsyncGenerator<Placed<T>> {
  const seen = new Set<string>();
  for (const file of files) {
    const { chunks } = await openBytes(file);
    for await (const lines of linesOf(chunks)) {
      for (const found of lines) {
        const { value, error, line } = jsonRow(found, file);
        if (error !== undefined) throw error;
        const row = check(value, file, line);
        if (seen.has(row.id)) {
          throw new VouchError('DUPLICATE_ID', 'an earlier line has the same id', {
            file,
            line,
            field: 'id',
            got: row.id,
          });
        }
        seen.add(row.id);
        yield { file, line, text: found.text, row };
      }
    }
  }
}
