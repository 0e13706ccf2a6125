import { type Fields, objectOf } from '../../fields.js';
import { joinChunks } from './chunks.js';
import { joinEvents } from './events.js';
import { isChunk, isEvent } from './kind.js';

/** The response of a stream that was stored whole: as a list of chunks or events, or as the raw text of Server-Sent Events; null where it is none. */
export function storedStream(value: unknown): Fields | null {
  if (typeof value === 'string') {
    const data = eventData(value);
    return data === null ? null : joined(data.filter(isStored), data.includes('[DONE]'));
  }
  return Array.isArray(value)
    ? joined(
        value.map((piece) => objectOf(piece) ?? {}),
        false,
      )
    : null;
}

function isStored(piece: unknown): piece is Fields {
  return typeof piece === 'object';
}

function joined(pieces: Fields[], ended: boolean): Fields | null {
  if (pieces.some(isEvent)) return joinEvents(pieces);
  const isPiece = (piece: Fields): boolean => isChunk(piece) || (Array.isArray(piece.choices) && pieces.length > 1);
  return pieces.some(isPiece) ? joinChunks(pieces, ended) : null;
}

/** What stands after `data:`, parsed; text that is no JSON, such as [DONE], as it is. Null where a text is no event stream. */
function eventData(text: string): (Fields | string)[] | null {
  if (!/^\uFEFF?(?:\s*(?:event|id|retry)?:[^\r\n]*[\r\n]+)*\s*data:/.test(text)) return null;
  return text
    .split(/\r\n|[\r\n]/)
    .filter((line) => /^\s*data:/.test(line))
    .map((line) => line.trim().slice('data:'.length).trim())
    .map((data) => objectOf(data) ?? data);
}
