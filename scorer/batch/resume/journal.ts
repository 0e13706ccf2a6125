import { readFile } from 'node:fs/promises';
import type { EncoderFact } from '../../../meaning/encoder/open-encoder.js';
import { VouchError } from '../../../support/errors.js';
import type { PluginFact } from '../../../support/plugins/plugin.js';
import { PartialFile } from '../out/partial-file.js';
import type { Shard } from '../shard.js';
import { mapsIn, mapsOut, type Tally } from '../tally.js';
import type { Input } from './input.js';
import type { Place } from './place.js';

/** What a run was asked to do. A run that continues its output must be asked the same. */
export interface Asked {
  vouch: string;
  /** SHA-256 of the bundle's manifest. */
  bundle: string;
  inputs: Input[];
  /** Checksum of all lines of the request files; null if there are none. */
  requests: number | null;
  format: string | null;
  map: Record<string, string> | null;
  badLines: string;
  /** Largest number of bytes of a line. */
  mostLine: number;
  shard: Shard;
  checkpoint: number;
  /** Largest number of reasons per row; null: no such column. */
  reasons: number | null;
  /** Whether an earlier score led to all rows. */
  selected: boolean;
  /** CSV: write texts unchanged. */
  rawCsv: boolean;
  /** Whether there are the columns `grounded` and `groundedBy`; absent if not. */
  grounded?: boolean;
  /** Whether each row says which bundle scored it, and when the run began. */
  trace: boolean;
  /** The plug-ins of the run, and the text models that read its rows; absent without any. */
  plugins?: readonly PluginFact[];
  encoders?: readonly EncoderFact[];
}

/** The first line of a journal: what was asked, and when. Null if the caller gave no clock. */
interface Head extends Asked {
  started: string | null;
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
  /** Everything is written, the tail included; only the renaming is left. */
  final?: true;
}

/**
 * The journal of a partial output, in JSON Lines: what was asked, then one line per mark. It is created before the
 * output and removed after its renaming. An incomplete last line, as kill −9 or a full disk leaves it, counts as not
 * written.
 */
export class Journal {
  private constructor(private readonly file: PartialFile) {}

  static async create(path: string, asked: Asked, started: string | null): Promise<Journal> {
    const journal = new Journal(await PartialFile.create(path));
    await journal.#line({ ...asked, started } satisfies Head).catch(async (error) => {
      await journal.discard();
      throw error;
    });
    return journal;
  }

  /** Continues an earlier journal, of which `length` bytes are complete. */
  static async resume(path: string, length: number): Promise<Journal> {
    return new Journal(await PartialFile.resume(path, length));
  }

  /** Adds a mark; when this returns, it survives a kill and a power cut. */
  append(mark: Mark): Promise<void> {
    return this.#line(mark);
  }

  /** Closes it; a line that a full disk cut off is removed. */
  close(): Promise<void> {
    return this.file.keep(this.file.length);
  }

  discard(): Promise<void> {
    return this.file.discard();
  }

  async #line(value: object): Promise<void> {
    await this.file.append(Buffer.from(`${JSON.stringify(value, mapsOut)}\n`));
    await this.file.sync();
  }
}

/** What an earlier run left: its marks, and the number of bytes of its journal that are complete. */
export interface Earlier {
  /** When the earlier run began. */
  started: string | null;
  marks: Mark[];
  length: number;
}

/**
 * Reads the journal of an earlier run; undefined if there is none. Errors: RESUME_MISMATCH if that run was asked
 * something else.
 */
export async function readJournal(path: string, asked: Asked): Promise<Earlier | undefined> {
  const bytes = await readFile(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  if (bytes === undefined) return undefined;
  const marks: Mark[] = [];
  let length = 0;
  let started: string | null = null;
  for (let end = bytes.indexOf(10); end >= 0; end = bytes.indexOf(10, length)) {
    const value = parsed(bytes.toString('utf8', length, end));
    if (value === undefined) break;
    if (length === 0) {
      checkSame(path, value as Head, asked);
      started = (value as Head).started;
    } else marks.push(value as Mark);
    length = end + 1;
  }
  return { started, marks, length };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text, mapsIn);
  } catch {
    return undefined;
  }
}

const hint = 'Give the same input, bundle and options, or run without --resume to start again.';

function checkSame(file: string, before: Asked, now: Asked): void {
  for (const field of new Set([...Object.keys(now), 'grounded', 'plugins', 'encoders']) as Set<keyof Asked>) {
    const expected = JSON.stringify(before[field]);
    if (expected === JSON.stringify(now[field])) continue;
    const what = 'the partial output does not belong to this run';
    throw new VouchError('RESUME_MISMATCH', what, { file, field, expected, got: now[field], hint });
  }
}
