import { type FileHandle, open, readFile, rm } from 'node:fs/promises';
import { VouchError } from '../../support/errors.js';
import type { Place } from './chunks.js';
import type { Input } from './input.js';
import type { Shard } from './shard.js';
import type { Tally } from './tally.js';

/** What a run was asked; one that goes on with its output must have been asked the same. */
export interface Asked {
  vouch: string;
  /** SHA-256 of the bundle's manifest. */
  bundle: string;
  inputs: Input[];
  format: string | null;
  map: Record<string, string> | null;
  badLines: string;
  shard: Shard;
  checkpoint: number;
}

/** A point up to which everything is safely on disk. */
export interface Mark {
  place: Place;
  /** Lengths of the partial output and of the partial file of bad lines. */
  bytes: number;
  badBytes: number;
  tally: Tally;
  /** The encoder's note on the block before this mark. */
  note?: string;
  /** All is written, also the tail; what is left is to rename. */
  final?: true;
}

/**
 * The journal beside a partial output, JSON Lines: what was asked, then a line a mark. It is created before the output and
 * removed after its renaming; a torn last line, as kill −9 or a full disk leaves it, counts as not written.
 */
export class Journal {
  #handle: FileHandle;

  private constructor(
    readonly path: string,
    handle: FileHandle,
  ) {
    this.#handle = handle;
  }

  static async create(path: string, asked: Asked): Promise<Journal> {
    await rm(path, { force: true });
    const journal = new Journal(path, await open(path, 'ax'));
    await journal.#line(asked);
    return journal;
  }

  static async resume(path: string, length: number): Promise<Journal> {
    const handle = await open(path, 'a');
    await handle.truncate(length);
    return new Journal(path, handle);
  }

  /** Adds a mark; when this returns it will survive a kill and a power cut. */
  append(mark: Mark): Promise<void> {
    return this.#line(mark);
  }

  close(): Promise<void> {
    return this.#handle.close();
  }

  async #line(value: object): Promise<void> {
    await this.#handle.appendFile(`${JSON.stringify(value)}\n`);
    await this.#handle.datasync();
  }
}

/** What an earlier run left: its marks, and the length of the journal that holds them whole. */
export interface Earlier {
  marks: Mark[];
  length: number;
}

/** Reads the journal of an earlier run; undefined where there is none. Errors: RESUME_MISMATCH where it was asked otherwise. */
export async function readJournal(path: string, asked: Asked): Promise<Earlier | undefined> {
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  if (text === undefined) return undefined;
  const marks: Mark[] = [];
  let length = 0;
  for (let line = 1, from = 0, to = text.indexOf('\n'); to >= 0; line++, from = to + 1, to = text.indexOf('\n', from)) {
    const value = parsed(text.slice(from, to));
    if (value === undefined) break;
    if (line === 1) checkSame(path, value as unknown as Asked, asked);
    else marks.push(value as unknown as Mark);
    length += Buffer.byteLength(text.slice(from, to + 1));
  }
  return length === 0 ? undefined : { marks, length };
}

function parsed(text: string): Record<string, unknown> | undefined {
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch {
    return undefined;
  }
}

const hint = 'Give the same input, bundle and options, or run without --resume to begin anew.';

function checkSame(file: string, before: Asked, now: Asked): void {
  for (const field of Object.keys(now) as (keyof Asked)[]) {
    if (JSON.stringify(before[field]) === JSON.stringify(now[field])) continue;
    const what = 'what was written before does not fit this run';
    throw new VouchError('RESUME_MISMATCH', what, { file, field, expected: JSON.stringify(before[field]), got: now[field], hint });
  }
}
