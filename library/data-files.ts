import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import type { DataFile } from '../report/results.js';
import { inError } from '../support/atomic.js';
import { unlessAborted } from '../support/unless-aborted.js';

/**
 * The name, size and SHA-256 of each file. A stream (`-`, a pipe) cannot be read twice and gets neither. Cost: one more
 * pass over the bytes, about a second per GB. Errors: FILE_MISSING, FILE_UNREADABLE; INTERRUPTED if `signal` fired.
 */
export async function dataFiles(paths: readonly string[], signal?: AbortSignal): Promise<DataFile[]> {
  const files: DataFile[] = [];
  for (const path of paths) {
    unlessAborted(signal);
    files.push(await dataFile(path));
  }
  return files;
}

async function dataFile(path: string): Promise<DataFile> {
  const name = path === '-' ? path : basename(path);
  const isFile =
    path !== '-' &&
    (await stat(path).then(
      (found) => found.isFile(),
      () => false,
    ));
  if (!isFile) return { name, bytes: null, sha256: null };
  const hash = createHash('sha256');
  let bytes = 0;
  try {
    for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 })) {
      hash.update(chunk as Buffer);
      bytes += (chunk as Buffer).length;
    }
  } catch (error) {
    throw inError(path, error);
  }
  return { name, bytes, sha256: hash.digest('hex') };
}
