import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { inError } from '../../support/atomic.js';
import { VouchError } from '../../support/errors.js';
import { unzstd } from './zstd.js';

/** The content of a file, or of standard input for `-`, decompressed where its first bytes say gzip or Zstandard. */
export interface Source {
  file: string;
  /** Bytes on disk; 0 where unknown. */
  size: number;
  /** Bytes taken from the disk so far, still compressed. */
  read: number;
  /** The first decompressed bytes, up to one chunk; still part of `chunks`. */
  head: Buffer;
  chunks: AsyncGenerator<Buffer>;
  /** Ends reading early. */
  close(): void;
}

const CHUNK = 256 * 1024;

/** Opens a file for one pass from its start. Errors: FILE_MISSING, FILE_UNREADABLE (also for data that end early). */
export async function openBytes(file: string): Promise<Source> {
  const source: Source = { file, size: 0, read: 0, head: Buffer.alloc(0), chunks: none(), close: () => {} };
  try {
    if (file !== '-') {
      const { size } = await stat(file);
      source.size = size;
    }
    const raw = rawChunks(source);
    const first = await raw.next();
    if (first.done) return source;
    const plain = decompressed(source, first.value, raw);
    const head = await plain.next();
    if (head.done) return source;
    source.head = head.value;
    source.chunks = withFirst(head.value, plain);
    return source;
  } catch (error) {
    throw readError(file, error);
  }
}

async function* rawChunks(source: Source): AsyncGenerator<Buffer> {
  const stream = source.file === '-' ? process.stdin : createReadStream(source.file, { highWaterMark: CHUNK });
  source.close = () => stream.destroy();
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    source.read += chunk.length;
    yield chunk;
  }
}

async function* decompressed(source: Source, first: Buffer, raw: AsyncGenerator<Buffer>): AsyncGenerator<Buffer> {
  const all = withFirst(first, raw);
  try {
    if (first.length > 2 && first[0] === 0x1f && first[1] === 0x8b) {
      yield* gunzipped(all);
    } else if (first.length > 3 && first.readUInt32LE(0) === 0xfd2fb528) yield* unzstd(all);
    else yield* all;
  } catch (error) {
    throw readError(source.file, error);
  }
}

async function* gunzipped(chunks: AsyncGenerator<Buffer>): AsyncGenerator<Buffer> {
  const gunzip = createGunzip({ chunkSize: CHUNK });
  pipeline(Readable.from(chunks), gunzip).catch(() => {}); // what fails is thrown by the loop over gunzip
  yield* gunzip as AsyncIterable<Buffer>;
}

async function* withFirst(first: Buffer, rest: AsyncGenerator<Buffer>): AsyncGenerator<Buffer> {
  yield first;
  yield* rest;
}

/** Bytes on disk of all files together, for progress; 0 where standard input is among them. Errors: FILE_MISSING. */
export async function sizeOf(files: readonly string[]): Promise<number> {
  if (files.includes('-')) return 0;
  const sizes = await Promise.all(
    files.map((file) =>
      stat(file).catch((error: unknown) => {
        throw inError(file, error);
      }),
    ),
  );
  return sizes.reduce((sum, { size }) => sum + size, 0);
}

async function* none(): AsyncGenerator<Buffer> {}

function readError(file: string, error: unknown): Error {
  const code = String((error as NodeJS.ErrnoException).code);
  if (code === 'Z_BUF_ERROR') {
    return new VouchError('FILE_UNREADABLE', 'the compressed data end early: the file was cut off', {
      file,
      cause: error,
    });
  }
  if (code.startsWith('Z_')) {
    return new VouchError('FILE_UNREADABLE', 'the compressed data are damaged', { file, cause: error });
  }
  return inError(file, error);
}
