import { type Fields, objectOf } from '../../table/fields.js';
import { listOf } from '../parts/messages.js';
import { joinChunks } from './chunks.js';
import { joinEvents } from './events.js';
import { isError } from './failure.js';
import { isChunk, isEvent } from './kind.js';

/**
 * The response of a stream that was stored as a whole: as a list of chunks or events, as the raw text of Server-Sent
 * Events, or as lines of JSON. Null if the value is not a stream.
 */
export function storedStream(value: unknown): Fields | null {
  const data = storedPieces(value);
  if (data === null) return null;
  const pieces = data.filter((piece): piece is Fields => typeof piece === 'object');
  if (pieces.some(isEvent)) return joinEvents(pieces);
  const choices = pieces.length > 1 && pieces.some((piece) => Array.isArray(piece.choices));
  if (!choices && !pieces.some(isChunk) && !isFailure(pieces)) return null;
  // a list is written when the stream is over; text may have been cut off before its end
  return joinChunks(pieces, typeof value !== 'string' || data.includes('[DONE]'));
}

/** A stream that failed before it began. */
function isFailure(pieces: readonly Fields[]): boolean {
  return pieces.length === 1 && isError(pieces[0].error) && Object.keys(pieces[0]).length === 1;
}

/** The pieces of a value that looks like a stored stream, of any API; null if it does not. */
export function storedPieces(value: unknown): (Fields | string)[] | null {
  const list = listOf(value);
  if (list !== null) return list.map((piece) => objectOf(piece) ?? {});
  return typeof value === 'string' ? (eventData(value) ?? jsonLines(value)) : null;
}

/**
 * The data after each `data:`, parsed; text that is not JSON, such as [DONE], is kept as it is. Null if the text is not
 * an event stream.
 */
function eventData(text: string): (Fields | string)[] | null {
  if (!/^\uFEFF?(?:\s*(?:event|id|retry)?:[^\r\n]*[\r\n]+)*\s*data:/.test(text)) return null;
  return text
    .split(/\r\n|[\r\n]/)
    .filter((line) => /^\s*data:/.test(line))
    .map((line) => line.trim().slice('data:'.length).trim())
    .map((data) => objectOf(data) ?? data);
}

/** Lines of JSON objects; null if the text is something else, or a single line. */
function jsonLines(text: string): Fields[] | null {
  if (!/^\s*\{/.test(text)) return null;
  const lines = text.split(/\r?\n/).filter((line) => line.trim() !== '');
  const objects = lines.length < 2 ? [] : lines.map((line) => objectOf(line.trim()));
  return objects.length > 0 && objects.every((object) => object !== null) ? objects : null;
}
