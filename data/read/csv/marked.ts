import { isUtf8 } from 'node:buffer';

/** Marks bytes that are not UTF-8. This code point is a noncharacter, so that no text contains it. */
export const NO_UTF8 = '\uFDD1';

const REPLACEMENT = '\uFFFD';
const WRITTEN = Buffer.from(REPLACEMENT);

/**
 * Decodes bytes as UTF-8 text, from `skip` on. Bytes that are not UTF-8 become `NO_UTF8`, so that nothing is replaced
 * unnoticed. If a chunk ends within a character, the character is decoded with the next chunk.
 */
export async function* markedText(chunks: AsyncIterable<Buffer>, skip: number): AsyncGenerator<string> {
  let left = skip;
  let pending = Buffer.alloc(0);
  for await (const chunk of chunks) {
    const fresh = chunk.subarray(left);
    left -= chunk.length - fresh.length;
    const bytes = pending.length === 0 ? fresh : Buffer.concat([pending, fresh]);
    const end = bytes.length - unfinished(bytes);
    pending = Buffer.from(bytes.subarray(end));
    yield textOf(bytes.subarray(0, end));
  }
  if (pending.length > 0) yield textOf(pending);
}

/** Number of bytes at the end that begin an incomplete character. */
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
