import { createHash } from 'node:crypto';
import { type FileHandle, open, stat } from 'node:fs/promises';
import { inError } from '../../support/atomic.js';
import { VouchError } from '../../support/errors.js';

/** What tells one input from another when a run goes on: name, length, and a digest of both ends. Null where it is a stream. */
export interface Input {
  name: string;
  size: number | null;
  ends: string | null;
}

const END = 64 * 1024;

/** Looks at all inputs before anything is scored. Errors: FILE_MISSING, FILE_UNREADABLE, BAD_USAGE for `-` given twice. */
export async function describeInputs(files: string[]): Promise<Input[]> {
  if (files.filter((file) => file === '-').length > 1) {
    throw new VouchError('BAD_USAGE', 'standard input can be read once only', { field: 'ANSWERS', got: files });
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
    return { name, size, ends: createHash('sha256').update(ends).digest('hex').slice(0, 16) };
  } catch (error) {
    throw inError(name, error);
  } finally {
    await file?.close();
  }
}
