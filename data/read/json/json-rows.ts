import { VouchError } from '../../../support/errors.js';
import { type Line, linesOf } from '../lines.js';
import type { Row } from '../row.js';
import type { Source } from '../unpack/bytes.js';
import { parseJson } from './parse-json.js';

/**
 * The rows of JSON Lines; yields those of one chunk at a time. A line that is not JSON becomes a row with the error
 * BAD_JSON.
 */
export async function* jsonRows(source: Source, mostLine?: number): AsyncGenerator<Row[]> {
  for await (const lines of linesOf(source.chunks, mostLine)) {
    yield lines.map((line) => jsonRow(line, source.file));
  }
}

/** Parses one line. */
export function jsonRow({ text, number: line, isDamaged, longer }: Line, file: string): Row {
  if (longer !== undefined) return { line, text, error: tooLong('BAD_JSON', longer, { file, line }) };
  if (isDamaged) return { line, text, error: notUtf8(text, file, line) };
  try {
    return { line, text, value: parseJson(text) };
  } catch (error) {
    const bad = error instanceof VouchError ? error.at(file, line) : badJson(text, file, line, error);
    return { line, text, error: bad };
  }
}

/** The error for a line or row that is too long. */
export function tooLong(code: 'BAD_JSON' | 'BAD_CSV', size: number, at: { file?: string; line: number }): VouchError {
  return new VouchError(
    code,
    `is ${size} ${code === 'BAD_CSV' ? 'characters' : 'bytes'} long, which is over the limit`,
    {
      ...at,
      hint: 'If this line is correct, raise the limit with --max-line.',
    },
  );
}

function notUtf8(text: string, file: string, line: number): VouchError {
  const at = text.indexOf('\uFFFD');
  return new VouchError('BAD_JSON', 'is not UTF-8 text', {
    file,
    line,
    expected: 'UTF-8',
    got: text.slice(Math.max(0, at - 30), at + 30),
    hint: 'It may have another encoding. Convert it: iconv -f WINDOWS-1252 -t UTF-8 FILE.',
  });
}

function badJson(text: string, file: string, line: number, cause: unknown): VouchError {
  const reason = cause instanceof Error ? cause.message.replace(/, "?.*" is not valid JSON$|: .*$/s, '') : '';
  const alone = /^\s*[{[]\s*$/.test(text);
  return new VouchError('BAD_JSON', `not JSON${reason === '' ? '' : `: ${reason}`}`, {
    file,
    line,
    expected: 'one JSON object on one line',
    got: text.length > 60 ? `${text.slice(0, 60)}…` : text,
    ...(alone ? { hint: 'Convert pretty-printed JSON to one object per line: `jq -c .` or `jq -c ".[]"`.' } : {}),
    cause,
  });
}
