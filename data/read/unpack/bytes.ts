import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { inError } from '../../../support/atomic.js';
import { VouchError } from '../../../support/errors.js';
import { gunzip, isGzip } from './gzip.js';
import { isZstd, unzstd } from './zstd.js';

/**
 * The content of a file, or of standard input for `-`. It is decompressed if its first bytes are those of gzip or
 * Zstandard.
 */
export interface Source {
  file: string;
  /** Bytes on disk; 0 if unknown. */
  size: number;
  /** Bytes read from the disk so far, still compressed. */
  read: number;
  /** The first decompressed bytes, up to 64 kB. They are still part of `chunks`. */
  head: Buffer;
  chunks: AsyncGenerator<Buffer>;
  /** Stops reading early. */
  close(): void;
}

const CHUNK = 256 * 1024;
/**
 * How many bytes are needed to detect the format of a file, and its compression. Pipes deliver small pieces, so these
 * are collected first.
 */
const HEAD = 64 * 1024;
const MAGIC = 4;

/**
 * Opens a file to be read once from its start. Errors: FILE_MISSING, FILE_UNREADABLE (also for compressed data that
 * ends early).
 */
export async function openBytes(file: string): Promise<Source> {
  const source: Source = { file, size: 0, read: 0, head: Buffer.alloc(0), chunks: none(), close: () => {} };
  try {
    if (file !== '-') {
      const { size } = await stat(file);
      source.size = size;
    }
    const raw = rawChunks(source);
    const first = await begin(raw, MAGIC);
    const plain = decompressed(source, first, raw);
    source.head = await begin(plain, HEAD);
    source.chunks = source.head.length === 0 ? plain : withFirst(source.head, plain);
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
  const all = first.length === 0 ? raw : withFirst(first, raw);
  try {
    if (isGzip(first)) yield* gunzip(all);
    else if (isZstd(first)) yield* unzstd(all);
    else yield* all;
  } catch (error) {
    throw readError(source.file, error);
  }
}

/** The first bytes: at least `least`, unless the data ends first. */
async function begin(chunks: AsyncGenerator<Buffer>, least: number): Promise<Buffer> {
  const parts: Buffer[] = [];
  let size = 0;
  while (size < least) {
    const next = await chunks.next();
    if (next.done) break;
    parts.push(next.value);
    size += next.value.length;
  }
  return parts.length === 1 ? parts[0] : Buffer.concat(parts);
}

async function* withFirst(first: Buffer, rest: AsyncGenerator<Buffer>): AsyncGenerator<Buffer> {
  yield first;
  yield* rest;
}

/** Bytes on disk of all files together, for progress; 0 if standard input is one of them. Errors: FILE_MISSING. */
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
  if (error instanceof VouchError) return error.at(file);
  const code = String((error as NodeJS.ErrnoException).code);
  if (code === 'Z_BUF_ERROR') {
    return new VouchError('FILE_UNREADABLE', 'the compressed data ends early: the file was cut off', {
      file,
      cause: error,
    });
  }
  if (code.startsWith('Z_')) {
    return new VouchError('FILE_UNREADABLE', 'the compressed data is damaged', { file, cause: error });
  }
  return inError(file, error);
}
