import { VouchError } from '../../support/errors.js';
import type { Source } from './bytes.js';
import { NO_UTF8 } from './csv/marked.js';
import { type Line, linesOf } from './lines.js';
import { parseJson } from './parse-json.js';
import type { Row } from './row.js';

/** The rows of JSON Lines, those of one chunk at a time. A line that is not JSON is a row with a BAD_JSON error. */
export async function* jsonRows(source: Source): AsyncGenerator<Row[]> {
  for await (const lines of linesOf(source.chunks)) {
    yield lines.map((line) => jsonRow(line, source.file));
  }
}

/** One line parsed. */
export function jsonRow({ text, number: line }: Line, file: string): Row {
  if (text.includes(NO_UTF8)) {
    const shown = text.replaceAll(NO_UTF8, '\uFFFD');
    return { line, text: shown, error: noUtf8(shown, text.indexOf(NO_UTF8), file, line) };
  }
  try {
    return { line, text, value: parseJson(text) };
  } catch (error) {
    return { line, text, error: badJson(text, file, line, error) };
  }
}

function noUtf8(text: string, at: number, file: string, line: number): VouchError {
  return new VouchError('BAD_JSON', 'this is not UTF-8 text', {
    file,
    line,
    got: text.slice(Math.max(0, at - 20), at + 20),
    hint: 'Convert it: iconv -f WINDOWS-1252 -t UTF-8 FILE.',
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
    ...(alone ? { hint: 'Pretty-printed JSON must be made one object a line, by `jq -c .` or `jq -c ".[]"`.' } : {}),
    cause,
  });
}
