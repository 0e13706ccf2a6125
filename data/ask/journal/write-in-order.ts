import { createWriteStream } from 'node:fs';
import { type FileHandle, open, rm } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { asideName, inError, outError } from '../../../support/atomic.js';
import { renameSynced } from '../../../support/sync-folder.js';
import type { Job } from './job.js';
import { readEntry } from './journal.js';
import { journalLines } from './journal-lines.js';

/** The output file, the journal's path, the jobs in order, and what makes output lines of a job and its record. */
interface OrderedOutput<T> {
  out: string;
  journal: string;
  jobs: AsyncIterable<Job<T>>;
  linesOf: (item: T, record: Record<string, unknown>) => readonly string[];
}

/**
 * Writes the replies of a journal to the output in the order of the jobs, to a temporary file that is then renamed.
 * Returns how many lines there are. Memory: the byte positions of the replies, not their texts.
 */
export async function writeInOrder<T>({ out, journal, jobs, linesOf }: OrderedOutput<T>): Promise<number> {
  const places = await placesIn(journal);
  const aside = asideName(out);
  let written = 0;
  const source = await open(journal, 'r').catch((error) => {
    throw inError(journal, error);
  });
  async function* lines() {
    for await (const { id, of, item } of jobs) {
      const place = places.get(id);
      if (place === undefined || place.of !== of) continue;
      const entry = readEntry(await readText(source, place.start, place.end));
      if (entry === undefined) continue;
      for (const line of linesOf(item, entry.record)) {
        written++;
        yield `${line}\n`;
      }
    }
  }
  try {
    const sink = createWriteStream(aside, { flags: 'wx', flush: true });
    if (/\.gz$/i.test(out)) await pipeline(lines, createGzip({ level: 9 }), sink);
    else await pipeline(lines, sink);
    await renameSynced(aside, out);
  } catch (error) {
    await rm(aside, { force: true }).catch(() => {});
    throw outError(out, error);
  } finally {
    await source.close();
  }
  return written;
}

/** The byte position of each reply. If an id has two replies, the later one counts. */
async function placesIn(journal: string): Promise<Map<string, { of: string; start: number; end: number }>> {
  const places = new Map<string, { of: string; start: number; end: number }>();
  for await (const { text, number, start, end } of journalLines(journal)) {
    const entry = number === 1 ? undefined : readEntry(text);
    if (entry !== undefined) places.set(entry.id, { of: entry.of, start, end });
  }
  return places;
}

async function readText(file: FileHandle, start: number, end: number): Promise<string> {
  const bytes = Buffer.alloc(end - start);
  await file.read(bytes, 0, bytes.length, start);
  return bytes.toString('utf8');
}
