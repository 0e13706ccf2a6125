import { createHash, type Hash } from 'node:crypto';
import { type FileHandle, open, stat } from 'node:fs/promises';
import { inError } from '../../../support/atomic.js';
import { VouchError } from '../../../support/errors.js';

/**
 * How a resumed run recognises an input: name, length, and a digest of both ends; null for a stream. Files that are not
 * read from start to end have a digest of all their bytes; the rows of others have a checksum (`Cursor`).
 */
export interface Input {
  name: string;
  size: number | null;
  ends: string | null;
  whole?: string;
}

/** Whether a file is not read from start to end, judged by its first bytes: Parquet and zip archives. */
export function hasDigest(head: Buffer): boolean {
  return /^(?:PAR1|PK)/.test(head.toString('latin1', 0, 4));
}

const END = 64 * 1024;

/**
 * Checks all inputs before anything is scored. Errors: FILE_MISSING, FILE_UNREADABLE, BAD_USAGE if `-` is given twice.
 */
export async function describeInputs(files: string[]): Promise<Input[]> {
  if (files.filter((file) => file === '-').length > 1) {
    throw new VouchError('BAD_USAGE', 'standard input can be read only once', { field: 'ANSWERS', got: files });
  }
  return Promise.all(files.map(describe));
}

async function describe(name: string): Promise<Input> {
  if (name === '-') return { name, size: null, ends: null };
  let file: FileHandle | undefined;
  try {
    if (!(await stat(name)).isFile()) return { name, size: null, ends: null };
    file = await open(name, 'r');
    const { size } = await file.stat();
    const ends = Buffer.alloc(Math.min(size, 2 * END));
    const first = Math.min(size, END);
    await file.read(ends, 0, first, 0);
    await file.read(ends, first, ends.length - first, size - (ends.length - first));
    const described = { name, size, ends: short(createHash('sha256').update(ends)) };
    return hasDigest(ends) ? { ...described, whole: await digestOf(file) } : described;
  } catch (error) {
    throw inError(name, error);
  } finally {
    await file?.close();
  }
}

/** SHA-256 of all bytes. */
async function digestOf(file: FileHandle): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of file.createReadStream({ start: 0, autoClose: false, highWaterMark: 2 ** 20 })) {
    hash.update(chunk as Buffer);
  }
  return short(hash);
}

function short(hash: Hash): string {
  return hash.digest('hex').slice(0, 16);
}
