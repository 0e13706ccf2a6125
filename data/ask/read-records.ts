import { basename } from 'node:path';
import type { z } from 'zod';
import { VouchError } from '../../support/errors.js';
import { parseJson } from './parse-json.js';
import { readLines } from './read-lines.js';

/** A record with where it stands: its file, line and text. */
export interface Placed<T> {
  file: string;
  line: number;
  text: string;
  record: T & { id: string };
}

/**
 * Records of JSON Lines files, checked by a schema, each with an id: its own, else made from file and line number.
 * Errors: BAD_JSON and BAD_RECORD with file and line, DUPLICATE_ID.
 */
export async function* readRecords<T extends { id?: string | null }>(
  files: readonly string[],
  schema: z.ZodType<T>,
): AsyncGenerator<Placed<T>> {
  const seen = new Set<string>();
  for (const file of files) {
    for await (const { text, number: line } of readLines(file)) {
      const checked = schema.safeParse(jsonOf(text, file, line));
      if (!checked.success) throw badRecord(checked.error.issues[0], file, line);
      const id = checked.data.id ?? `${basename(file)}:${line}`;
      if (seen.has(id)) {
        throw new VouchError('DUPLICATE_ID', 'this id came before', { file, line, field: 'id', got: id });
      }
      seen.add(id);
      yield { file, line, text, record: { ...checked.data, id } };
    }
  }
}

function jsonOf(text: string, file: string, line: number): unknown {
  try {
    return parseJson(text);
  } catch (error) {
    throw new VouchError('BAD_JSON', `not JSON: ${(error as Error).message}`, { file, line, cause: error });
  }
}

function badRecord(issue: z.core.$ZodIssue, file: string, line: number): VouchError {
  const field = issue.path.join('.');
  return new VouchError('BAD_RECORD', issue.message, { file, line, ...(field === '' ? {} : { field }) });
}
