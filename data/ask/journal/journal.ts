import { createHash } from 'node:crypto';
import { type FileHandle, open, rm, truncate } from 'node:fs/promises';
import { dirname } from 'node:path';
import { makeFolder, outError } from '../../../support/atomic.js';
import { VouchError } from '../../../support/errors.js';
import { exists } from '../../../support/files/exists.js';
import { journalLines } from './journal-lines.js';
import { lock } from './lock.js';

/**
 * The replies of an unfinished run: OUT.partial, JSON Lines. The first line holds the options that decide what is
 * asked. Every other line holds one reply, `{"id", "of", "record"}`: `of` is the digest of what was asked, `record`
 * what goes into the output. Each line is written whole when its reply arrives. An incomplete last line, left by kill
 * −9 or a full disk, is cut off when the run continues. Only one run at a time may open it.
 */
export interface Journal {
  readonly path: string;
  /** Maps id → digest of what was asked, for each reply in the journal. */
  readonly done: Map<string, string>;
  append(id: string, of: string, record: object): Promise<void>;
  close(): Promise<void>;
}

/** A line of the journal. */
interface JournalEntry {
  id: string;
  of: string;
  record: Record<string, unknown>;
}

/** Digest of a value by its JSON: 16 hex digits. */
export function digest(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('hex').slice(0, 16);
}

/**
 * Opens the journal of `out`, or continues it if `asked` is the same as before. `restart` deletes an earlier journal.
 */
export async function openJournal(out: string, asked: Record<string, unknown>, restart: boolean): Promise<Journal> {
  const path = pathOf(out);
  const done = new Map<string, string>();
  let release = async () => {};
  let file: FileHandle;
  try {
    await makeFolder(dirname(out));
    release = await lock(path);
    if (restart) await rm(path, { force: true });
    if (!restart) await refuseFinished(out);
    if (await exists(path)) await truncate(path, await readEarlier(path, asked, done));
    file = await open(path, 'a');
    if ((await file.stat()).size === 0) await file.appendFile(`${JSON.stringify(asked)}\n`);
  } catch (error) {
    await release();
    throw outError(path, error);
  }
  // One write at a time, so that only the last line can be incomplete when the disk is full.
  let writing: Promise<void> = Promise.resolve();
  const append = (id: string, of: string, record: object) => {
    writing = writing.then(async () => {
      await file.appendFile(`${JSON.stringify({ id, of, record })}\n`);
      done.set(id, of);
    });
    return writing.catch((error) => {
      throw outError(path, error);
    });
  };
  const close = async () => {
    await file.close();
    await release();
  };
  return { path, done, append, close };
}

/**
 * The replies that the journal of `out` has, as `openJournal` would find them, without writing or locking anything.
 * Errors: those of `openJournal`.
 */
export async function earlierReplies(
  out: string,
  asked: Record<string, unknown>,
  restart: boolean,
): Promise<ReadonlyMap<string, string>> {
  const done = new Map<string, string>();
  if (restart) return done;
  await refuseFinished(out);
  if (await exists(pathOf(out))) await readEarlier(pathOf(out), asked, done);
  return done;
}

function pathOf(out: string): string {
  return `${out}.partial`;
}

/** Refuses an output without a journal: it is finished, or was not written by a run. */
async function refuseFinished(out: string): Promise<void> {
  if ((await exists(pathOf(out))) || !(await exists(out))) return;
  const hint = 'Name another output, or start over with --restart.';
  throw new VouchError('OUT_EXISTS', 'the output exists already', { file: out, hint });
}

/** Reads a line of the journal; undefined if it is not a valid entry. */
export function readEntry(text: string): JournalEntry | undefined {
  try {
    const value = JSON.parse(text) as Partial<JournalEntry>;
    const good = typeof value.id === 'string' && typeof value.of === 'string' && typeof value.record === 'object';
    return good ? (value as JournalEntry) : undefined;
  } catch {
    return undefined;
  }
}

/** Reads the replies of an earlier run into `done`. Returns the byte up to which the journal is intact. */
async function readEarlier(path: string, asked: Record<string, unknown>, done: Map<string, string>): Promise<number> {
  let good = 0;
  for await (const { text, number, end, whole } of journalLines(path)) {
    if (!whole) break;
    if (number === 1) checkSame(path, asked, text);
    else {
      const entry = readEntry(text);
      if (entry === undefined) throw notOurs(path, number);
      done.set(entry.id, entry.of);
    }
    good = end;
  }
  return good;
}

const hint = 'Use the same options, name another output, or start over with --restart.';

function notOurs(file: string, line: number): VouchError {
  return new VouchError('RESUME_MISMATCH', 'this file was not written by this command', { file, line, hint });
}

function checkSame(path: string, asked: Record<string, unknown>, text: string): void {
  let before: Record<string, unknown>;
  try {
    before = JSON.parse(text) as Record<string, unknown>;
  } catch {
    throw notOurs(path, 1);
  }
  for (const field of new Set([...Object.keys(asked), ...Object.keys(before)])) {
    const expected = JSON.stringify(before[field]) ?? 'nothing';
    if ((JSON.stringify(asked[field]) ?? 'nothing') === expected) continue;
    const what = 'an unfinished run with other options exists';
    throw new VouchError('RESUME_MISMATCH', what, { file: path, field, expected, got: asked[field], hint });
  }
}
