import { VouchError } from '../../../../support/errors.js';
import { isObject } from '../../../check-value.js';
import { parseJson } from '../../json/parse-json.js';
import type { Row } from '../../row.js';
import type { Fields } from '../../table/fields.js';
import { logFormats } from '../list.js';
import type { LogFormat } from '../log-format.js';

/** A piece of an answer that is stored over several rows: its format, and the answer to which it belongs. */
interface Piece {
  format: LogFormat;
  key: string;
}

function pieceIn(value: unknown): Piece | null {
  if (!isObject(value)) return null;
  for (const format of logFormats) {
    const key = format.pieceOf?.(value) ?? null;
    if (key !== null) return { format, key };
  }
  return null;
}

/**
 * Whether any complete line of a text is a piece of an answer. A stream may begin after lines without content, or after
 * other rows.
 */
export function holdsPieces(text: string): boolean {
  for (const line of text.split('\n').slice(0, -1)) {
    if (line.trim() === '') continue;
    try {
      if (pieceIn(parseJson(line)) !== null) return true;
    } catch {
      // another line may be complete
    }
  }
  return false;
}

/**
 * Refuses a piece of an answer in a file that was not detected as one with pieces: alone, it would be read as a whole
 * answer. Error: BAD_RECORD, unless the piece is complete by itself.
 */
export function refusePiece(value: unknown): void {
  const piece = isObject(value) && !('answer' in value) ? pieceIn(value) : null;
  if (piece === null) return;
  const row = value as Fields;
  const { format } = piece;
  if (format.isLast?.(row) === true && format.join!([row]) === row) return;
  throw new VouchError('BAD_RECORD', 'is one piece of an answer stored over several lines, after many other rows', {
    expected: 'a file that begins with such pieces',
    got: Object.keys(row),
    hint: `Store rows of ${format.title} in a separate file.`,
  });
}

interface Held {
  format: LogFormat;
  line: number;
  values: Record<string, unknown>[];
}

/**
 * Joins the pieces of each answer into one row, at the place of the first piece. Pieces of several answers may be
 * mixed. Memory: the answers that are not complete yet.
 */
export async function* joinedRows(rows: AsyncIterable<Row[]>): AsyncGenerator<Row[]> {
  const held = new Map<string, Held>();
  const whole = ({ format, line, values }: Held): Row => ({ line, value: format.join!(values) });
  for await (const batch of rows) {
    const out: Row[] = [];
    for (const row of batch) {
      const piece = row.error === undefined ? pieceIn(row.value) : null;
      if (piece === null) {
        out.push(row);
        continue;
      }
      const { format, key } = piece;
      const place = `${format.name}\n${key}`;
      let answer = held.get(place);
      if (answer === undefined) held.set(place, (answer = { format, line: row.line, values: [] }));
      const value = row.value as Record<string, unknown>;
      answer.values.push(value);
      if (format.isLast?.(value) !== true) continue;
      held.delete(place);
      out.push(whole(answer));
    }
    if (out.length > 0) yield out;
  }
  if (held.size > 0) yield [...held.values()].map(whole);
}
