import { VouchError } from '../../support/errors.js';
import { jsonRow } from '../read/json/json-rows.js';
import { linesOf } from '../read/lines.js';
import { openBytes } from '../read/unpack/bytes.js';

/** A checked row with where it stands: its file, line and text. */
export interface Placed<T> {
  file: string;
  line: number;
  text: string;
  row: T;
}

/** Checks what a line holds and gives it an id; throws BAD_RECORD with the place. */
export type Check<T> = (value: unknown, file: string, line: number) => T;

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
          throw new VouchError('DUPLICATE_ID', 'this id came before', { file, line, field: 'id', got: row.id });
        }
        seen.add(row.id);
        yield { file, line, text: found.text, row };
      }
    }
  }
}
