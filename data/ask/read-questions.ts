import { basename } from 'node:path';
import type { z } from 'zod';
import { VouchError } from '../../support/errors.js';
import { readLines } from './read-lines.js';

/**
 * Records of JSON Lines files, checked by a schema, each with an id: its own, else made from file and line number.
 * Errors: BAD_JSON and BAD_RECORD with file and line, DUPLICATE_ID.
 */
export async function* readRecords<T extends { id?: string | null }>(
  files: readonly string[],
  schema: z.ZodType<T>,
): AsyncGenerator<{ file: string; line: number; record: T & { id: string } }> {
  const seen = new Set<string>();
  for (const file of files) {
    for await (const { text, number: line } of readLines(file)) {
      let value: unknown;
      try {
        value = JSON.parse(text);
      } catch (error) {
        throw new VouchError('BAD_JSON', `not JSON: ${(error as Error).message}`, { file, line, cause: error });
      }
      const parsed = schema.safeParse(value);
      if (!parsed.success) {
        const issue = parsed.error.issues[0];
        const field = issue.path.join('.');
        const got = field === '' ? value : issue.path.reduce<unknown>((at, key) => (at as never)?.[key], value);
        throw new VouchError('BAD_RECORD', issue.message, { file, line, ...(field === '' ? {} : { field }), got });
      }
      const id = parsed.data.id ?? `${basename(file)}:${line}`;
      if (seen.has(id))
        throw new VouchError('DUPLICATE_ID', 'this id came before', { file, line, field: 'id', got: id });
      seen.add(id);
      yield { file, line, record: { ...parsed.data, id } };
    }
  }
}
