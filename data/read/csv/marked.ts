import { isUtf8 } from 'node:buffer';

/** Stands where bytes are no UTF-8: a code point that is no character, so that no text holds it. */
export const NO_UTF8 = '\uFDD1';

const REPLACEMENT = '\uFFFD';
const WRITTEN = Buffer.from(REPLACEMENT);

/**
 * Bytes as text, from `skip` on, with `NO_UTF8` where they are no UTF-8, so that nothing is replaced unseen. A character that
 * the end of a chunk cuts goes with the next one.
 */
export async function* markedText(chunks: AsyncIterable<Buffer>, skip: number): AsyncGenerator<string> {
  let left = skip;
  let held = Buffer.alloc(0);
  for await (const chunk of chunks) {
    const fresh = chunk.subarray(left);
    left -= chunk.length - fresh.length;
    const bytes = held.length === 0 ? fresh : Buffer.concat([held, fresh]);
    const end = bytes.length - unfinished(bytes);
    held = Buffer.from(bytes.subarray(end));
    yield textOf(bytes.subarray(0, end));
  }
  if (held.length > 0) yield textOf(held);
}

/** Bytes at the end that begin a character of more. */
function unfinished(bytes: Buffer): number {
  for (let back = 1; back <= 3 && back <= bytes.length; back++) {
    const byte = bytes[bytes.length - back];
    if (byte < 0x80) return 0;
    if (byte >= 0xc0) return back < (byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2) ? back : 0;
  }
  return 0;
}

function textOf(bytes: Buffer): string {
  if (isUtf8(bytes)) return bytes.toString();
  const parts: string[] = [];
  let from = 0;
  for (let at = bytes.indexOf(WRITTEN); at >= 0; at = bytes.indexOf(WRITTEN, from)) {
    parts.push(bytes.toString('utf8', from, at).replaceAll(REPLACEMENT, NO_UTF8));
    from = at + WRITTEN.length;
  }
  parts.push(bytes.toString('utf8', from).replaceAll(REPLACEMENT, NO_UTF8));
  return parts.join(REPLACEMENT);
}
