import { createGunzip, type Gunzip } from 'node:zlib';
import { damaged } from './damage.js';
import { stopReading } from './stop-reading.js';

/** Bytes that are decompressed at a time. */
const CHUNK = 256 * 1024;

/** Whether bytes begin like gzip data. */
export function isGzip(bytes: Buffer): boolean {
  return bytes.length >= 2 && bytes[0] === 0x1f && bytes[1] === 0x8b;
}

/**
 * Decompresses gzip: any number of members, with zeros after or between them. zlib stops at such zeros and does not
 * report what follows; here the zeros are skipped and the next member is read. Errors: cut off or damaged, with a `Z_`
 * code.
 */
export async function* gunzip(chunks: AsyncIterator<Buffer>): AsyncGenerator<Buffer> {
  let rest: Buffer | null = null;
  try {
    do {
      const unpacker = createGunzip({ chunkSize: CHUNK });
      const fed = feed(unpacker, rest, chunks);
      fed.catch((error: Error) => unpacker.destroy(error)); // the loop over unpacker throws it
      yield* unpacker as AsyncIterable<Buffer>;
      rest = await member(await fed, chunks);
    } while (rest !== null);
  } finally {
    stopReading(chunks);
  }
}

/** Feeds chunks to zlib until a member ends. Returns what zlib did not take; null if it took everything. */
async function feed(unpacker: Gunzip, first: Buffer | null, chunks: AsyncIterator<Buffer>): Promise<Buffer | null> {
  let given = 0;
  for (let chunk = first ?? (await next(chunks)); chunk !== null; chunk = await next(chunks)) {
    await write(unpacker, chunk);
    given += chunk.length;
    const left = given - unpacker.bytesWritten; // zlib counts what it has taken
    if (left > 0) return chunk.subarray(chunk.length - left);
  }
  unpacker.end();
  return null;
}

function write(unpacker: Gunzip, chunk: Buffer): Promise<void> {
  return new Promise((resolve, reject) => {
    unpacker.write(chunk, (error) => (error == null ? resolve() : reject(error)));
  });
}

/** The rest from the first byte on that is not zero; null if there is none. */
async function member(left: Buffer | null, chunks: AsyncIterator<Buffer>): Promise<Buffer | null> {
  for (let chunk = left; chunk !== null; chunk = await next(chunks)) {
    const at = chunk.findIndex((byte) => byte !== 0);
    if (at < 0) continue;
    const found = chunk.subarray(at);
    const begin = found.length > 1 ? found : Buffer.concat([found, (await next(chunks)) ?? Buffer.alloc(0)]);
    if (!isGzip(begin)) throw damaged();
    return begin;
  }
  return null;
}

async function next(chunks: AsyncIterator<Buffer>): Promise<Buffer | null> {
  const { value, done } = await chunks.next();
  return done ? null : value;
}
