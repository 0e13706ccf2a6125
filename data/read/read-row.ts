import { VouchError } from '../../support/errors.js';
import { isObject } from '../check-value.js';
import { checkLenient } from '../lenient.js';
import { madeId } from '../made-id.js';
import type { Part } from './formats/log-format.js';
import { hinted } from './map/suggest-map.js';
import { type Row, textOf } from './row.js';
import type { RowSink } from './row-sink.js';

/**
 * Turns a row into canonical fields that are still to be checked. Errors: BAD_RECORD, BAD_LABEL if the row cannot be
 * read.
 */
export type Convert = (row: Row) => Part[];

/**
 * Reads one row into the sink. What cannot be read goes there too, with file, line and reason: the whole row, or only
 * the part that is wrong.
 */
export function readRow(row: Row, convert: Convert, file: string, sink: RowSink): void {
  const parts = partsOf(row, convert, file);
  if (parts instanceof VouchError) {
    sink.bad({ file, line: row.line, text: textOf(row), error: parts });
    return;
  }
  parts.forEach((part, i) => {
    if ('passed' in part) sink.passed(part.passed);
    else if ('failed' in part) sink.bad(badPart(row, part.value, part.failed.at(file, row.line)));
    else {
      const { record } = part;
      if (parts.length > 1) record.id ??= `${madeId(file, row.line)}/${i + 1}`;
      try {
        if (isObject(record)) sink.before?.(record, { file, line: row.line });
        sink.record(checkLenient(record, file, row.line), row.line, row.tokens);
      } catch (thrown) {
        if (!(thrown instanceof VouchError)) throw thrown;
        const error = hinted(thrown, row.value);
        sink.bad(parts.length === 1 ? { file, line: row.line, text: textOf(row), error } : badPart(row, record, error));
      }
    }
  });

  function badPart({ line }: Row, value: unknown, error: VouchError) {
    return { file, line, text: textOf({ line, value }), error };
  }
}

/** Formats read a row recursively. A row that is nested thousands of levels deep exhausts the stack. */
function tooDeep(cause: RangeError, file: string, line: number): VouchError {
  return new VouchError('BAD_RECORD', 'is nested too deeply', { file, line, cause });
}

function partsOf(row: Row, convert: Convert, file: string): Part[] | VouchError {
  if (row.error !== undefined) return row.error;
  try {
    return convert(row);
  } catch (error) {
    if (error instanceof VouchError) return error.at(file, row.line);
    if (error instanceof RangeError) return tooDeep(error, file, row.line);
    throw error;
  }
}
