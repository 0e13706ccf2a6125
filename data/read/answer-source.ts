import { VouchError } from '../../support/errors.js';
import type { RecordInput } from '../record.js';

/** Records in memory or on their way. */
export type RecordSource = Iterable<RecordInput> | AsyncIterable<RecordInput>;

/** Where answers come from: paths of files in any format (`-` is standard input), or canonical records. */
export type AnswerSource = string | readonly string[] | RecordSource;

/** What reports and errors call the place of records that are in no file: `record:17`. */
export const IN_MEMORY = 'record';

/** The paths of a source; null where it holds records. Error: BAD_USAGE for anything else. */
export function pathsOf(source: AnswerSource): string[] | null {
  if (typeof source === 'string') return [source];
  if (Array.isArray(source) && (source.length === 0 || typeof source[0] === 'string')) {
    if (source.every((path) => typeof path === 'string')) return [...source];
  } else if (isIterable(source)) return null;
  throw new VouchError('BAD_USAGE', 'these are no answers', {
    field: 'answers',
    expected: 'a path, a list of paths, or an iterable of records',
    got: source,
  });
}

/** The records of a source that has no paths. */
export function recordsOf(source: AnswerSource): RecordSource {
  return source as RecordSource;
}

function isIterable(source: unknown): boolean {
  return source !== null && typeof source === 'object' && (Symbol.iterator in source || Symbol.asyncIterator in source);
}
