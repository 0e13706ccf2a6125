import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { type ReadOptions, readAnswers } from '../data/read/answers.js';
import { asideName, makeFolder, outError } from '../support/atomic.js';

/** Reads the answers once more and writes those whose id is in `ids`, labels joined, as canonical JSON Lines. */
export async function writeHeldOut(
  files: string[],
  options: ReadOptions,
  ids: Set<string>,
  path: string,
): Promise<void> {
  async function* lines() {
    for await (const { records } of readAnswers(files, options)) {
      const kept = records.filter((record) => ids.has(record.id));
      if (kept.length > 0) yield `${kept.map((record) => JSON.stringify(record)).join('\n')}\n`;
    }
  }
  const aside = asideName(path);
  try {
    await makeFolder(dirname(path));
    await pipeline(Readable.from(lines()), createWriteStream(aside));
    await rename(aside, path);
  } catch (error) {
    await rm(aside, { force: true });
    throw outError(path, error);
  }
}
