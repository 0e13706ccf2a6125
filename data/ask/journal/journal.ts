import { createHash } from 'node:crypto';
import { type FileHandle, open, rm, stat, truncate } from 'node:fs/promises';
import { dirname } from 'node:path';
import { makeFolder, outError } from '../../../support/atomic.js';
import { VouchError } from '../../../support/errors.js';
import { journalLines } from './journal-lines.js';
import { lock } from './lock.js';

/**
 * The work in hand: OUT.partial, JSON Lines. The first line says what was asked and how, every other holds one reply,
 * `{"id", "of", "record"}`: the digest of what was asked, and what goes into the output for it. Lines are written whole as replies come; a torn last
 * line, as kill −9 or a full disk leaves it, is cut off when work goes on. One run at a time holds it.
 */
export interface Journal {
  readonly path: string;
  /** id → digest of what was asked, for each reply that is there. */
  readonly done: Map<string, string>;
  append(id: string, of: string, record: object): Promise<void>;
  close(): Promise<void>;
}

/** A line of the journal. */
export interface JournalEntry {
  id: string;
  of: string;
  record: Record<string, unknown>;
}

/** Digest of a value by its JSON: 16 hex digits. */
export function digest(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('hex').slice(0, 16);
}

/** Opens or continues the work for `out`; `asked` must be the same as before. `restart` throws earlier work away. */
export async function openJournal(out: string, asked: Record<string, unknown>, restart: boolean): Promise<Journal> {
  const path = `${out}.partial`;
  const done = new Map<string, string>();
  let release = async () => {};
  let file: FileHandle;
  try {
    await makeFolder(dirname(out));
    release = await lock(path);
    if (restart) await rm(path, { force: true });
    if (!restart && !(await exists(path)) && (await exists(out))) {
      const hint = 'Name another output, or begin anew with --restart.';
      throw new VouchError('OUT_EXISTS', 'the output is there already', { file: out, hint });
    }
    if (await exists(path)) await truncate(path, await readEarlier(path, asked, done));
    file = await open(path, 'a');
    if ((await file.stat()).size === 0) await file.appendFile(`${JSON.stringify(asked)}\n`);
  } catch (error) {
    await release();
    throw outError(path, error);
  }
  // One write at a time: a line torn by a full disk must stay the last one.
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

/** A line of the journal as read back; undefined for what is none. */
export function readEntry(text: string): JournalEntry | undefined {
  try {
    const value = JSON.parse(text) as Partial<JournalEntry>;
    const good = typeof value.id === 'string' && typeof value.of === 'string' && typeof value.record === 'object';
    return good ? (value as JournalEntry) : undefined;
  } catch {
    return undefined;
  }
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}

/** Reads earlier work into `done`; gives the byte up to which it is whole. */
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

const hint = 'Use the same options, name another output, or begin anew with --restart.';

function notOurs(file: string, line: number): VouchError {
  return new VouchError('RESUME_MISMATCH', 'this is no work in hand of this command', { file, line, hint });
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
    const what = 'the work in hand was asked otherwise';
    throw new VouchError('RESUME_MISMATCH', what, { file: path, field, expected, got: asked[field], hint });
  }
}
