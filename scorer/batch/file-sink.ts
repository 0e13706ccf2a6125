import { mkdir, realpath, rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { BadLine } from '../../data/read/answers.js';
import { outError } from '../../support/atomic.js';
import { VouchError } from '../../support/errors.js';
import type { Score } from '../open.js';
import type { Place } from './chunks.js';
import { addHint, canGoOn } from './errors.js';
import type { Encoder } from './format.js';
import { formatOf } from './formats.js';
import type { Input } from './input.js';
import { type Asked, type Earlier, Journal, type Mark, readJournal } from './journal.js';
import { moveInto, PartialFile } from './partial-file.js';
import { badText, type Sink } from './sink.js';
import type { Tally } from './tally.js';

export interface FileSinkOptions {
  out: string;
  /** File of bad lines; `OUT.bad.jsonl` where absent. */
  bad?: string;
  resume: boolean;
  asked: Asked;
  /** Told what a user should know. */
  say(text: string): void;
}

/** Where everything lies: the output and the bad lines under their names, and aside. */
interface Paths {
  out: string;
  bad: string;
  partial: string;
  journal: string;
  badPartial: string;
}

/**
 * Scores into a file: blocks of rows are appended to OUT.partial, synced, then marked in OUT.partial.jsonl; at the end the
 * partial is renamed. Whatever happens, OUT is the old file or the whole new one, and a run can go on after the last mark.
 * Errors: BAD_USAGE, OUT_UNWRITABLE, OUT_EXISTS, DISK_FULL, RESUME_MISMATCH.
 */
export async function openFileSink(options: FileSinkOptions): Promise<Sink> {
  const { resume, asked, say } = options;
  const encoder = formatOf(options.out).open();
  try {
    const paths = await pathsOf(options);
    const earlier = resume ? await readJournal(paths.journal, asked) : undefined;
    if (earlier !== undefined && earlier.marks.length > 0) return await goOn(paths, encoder, earlier, say);
    if (resume) say('nothing to resume: starting with the first row');
    else if (await exists(paths.journal))
      say(`${paths.partial}, left by an earlier run, is replaced; --resume would go on with it`);
    if (!(await exists(paths.journal)) && (await exists(paths.partial))) {
      throw new VouchError('OUT_EXISTS', 'this is no partial output of score; it was left alone', {
        file: paths.partial,
      });
    }
    const journal = await Journal.create(paths.journal, asked);
    return new FileSink(paths, encoder, journal, await PartialFile.create(paths.partial));
  } catch (error) {
    throw outError(options.out, error);
  }
}

async function goOn(
  paths: Paths,
  encoder: Encoder,
  { marks, length }: Earlier,
  say: (text: string) => void,
): Promise<Sink> {
  const last = marks[marks.length - 1];
  say(`going on after ${last.tally.rows} rows that were scored before`);
  if (last.final) return new FinishedSink(paths, last);
  const partial = await PartialFile.resume(paths.partial, last.bytes);
  const bad = last.badBytes > 0 ? await PartialFile.resume(paths.badPartial, last.badBytes) : undefined;
  const notes = marks.flatMap(({ note }) => (note === undefined ? [] : [note]));
  encoder.restore?.(notes, last.bytes);
  return new FileSink(paths, encoder, await Journal.resume(paths.journal, length), partial, bad, last);
}

class FileSink implements Sink {
  #rows: Score[] = [];
  #badLines: BadLine[] = [];
  #last: Mark | undefined;
  #badFile: PartialFile | undefined;

  constructor(
    private readonly paths: Paths,
    private readonly encoder: Encoder,
    private readonly journal: Journal,
    private readonly partial: PartialFile,
    badFile?: PartialFile,
    readonly from?: Mark,
  ) {
    this.#badFile = badFile;
    this.#last = from;
  }

  async add(scores: Score[], bad: BadLine[]): Promise<boolean> {
    for (const score of scores) this.#rows.push(score);
    for (const line of bad) this.#badLines.push(line);
    return true;
  }

  mark(place: Place, tally: Tally): Promise<void> {
    return this.#coded(async () => {
      const note = await this.#write();
      await this.#mark(place, tally, note);
    });
  }

  finish(place: Place, tally: Tally): Promise<void> {
    return this.#coded(async () => {
      const note = await this.#write();
      await this.partial.append(this.encoder.tail(this.partial.length));
      await this.#mark(place, tally, note, true);
      await this.#publishBad();
      await this.partial.publish(this.paths.out);
      await this.journal.discard();
    });
  }

  finishEmpty(): Promise<void> {
    return this.#coded(async () => {
      await this.#write();
      await this.#publishBad();
      await this.partial.discard();
      await this.journal.discard();
    });
  }

  async abandon(error: unknown): Promise<unknown> {
    const last = canGoOn(error) ? this.#last : undefined;
    const all =
      last === undefined
        ? [this.#badFile?.discard(), this.partial.discard(), this.journal.discard()]
        : [this.#badFile?.keep(last.badBytes), this.partial.keep(last.bytes), this.journal.close()];
    await Promise.allSettled(all); // the error to tell is the first one
    if (last === undefined) return error;
    const hint = `${this.paths.partial} holds the first ${last.tally.rows} rows: the same command with --resume goes on.`;
    return addHint(error, hint);
  }

  /** Appends what has come since the last block; gives the encoder's note on it. */
  async #write(): Promise<string | undefined> {
    const [rows, bad] = [this.#rows, this.#badLines];
    this.#rows = [];
    this.#badLines = [];
    if (bad.length > 0) {
      if (this.#badFile === undefined) await mkdir(dirname(this.paths.bad), { recursive: true });
      this.#badFile ??= await PartialFile.create(this.paths.badPartial);
      await this.#badFile.append(Buffer.from(badText(bad)));
    }
    if (rows.length === 0) return undefined;
    await this.partial.append(this.encoder.block(rows, this.partial.length));
    return this.encoder.note?.();
  }

  async #mark(place: Place, tally: Tally, note?: string, final?: true): Promise<void> {
    await Promise.all([this.partial.sync(), this.#badFile?.sync()]);
    const mark = { place, bytes: this.partial.length, badBytes: this.#badFile?.length ?? 0, tally, note, final };
    await this.journal.append(mark);
    this.#last = structuredClone(mark);
  }

  async #publishBad(): Promise<void> {
    if (this.#badFile !== undefined) await this.#badFile.publish(this.paths.bad);
    else if (this.paths.bad === badFileOf(this.paths.out)) await rm(this.paths.bad, { force: true }); // of an earlier run
  }

  async #coded(work: () => Promise<void>): Promise<void> {
    await work().catch((error) => {
      throw outError(this.paths.out, error);
    });
  }
}

/** An earlier run that was stopped between its last mark and the last renaming. */
class FinishedSink implements Sink {
  constructor(
    private readonly paths: Paths,
    readonly from: Mark,
  ) {}

  async finish(): Promise<void> {
    const { bad, badPartial, out, partial, journal } = this.paths;
    if (this.from.badBytes > 0 && (await exists(badPartial))) await moveInto(badPartial, bad);
    if (await exists(partial)) await moveInto(partial, out);
    await rm(journal, { force: true });
  }

  add = async () => true;
  mark = async () => {};
  finishEmpty = async () => {};
  abandon = async (error: unknown) => outError(this.paths.out, error);
}

/**
 * The paths for an output; links are followed, so that a link stays one. Errors: OUT_UNWRITABLE where it is no plain file,
 * BAD_USAGE where it would replace an input.
 */
async function pathsOf({ out, bad, asked }: FileSinkOptions): Promise<Paths> {
  const there = await stat(out).catch(() => undefined);
  if (there !== undefined && !there.isFile()) {
    throw new VouchError('OUT_UNWRITABLE', 'the output is no plain file', {
      file: out,
      hint: 'Use --out - and a redirection.',
    });
  }
  const target = there === undefined ? out : await realpath(out);
  await mkdir(dirname(target), { recursive: true });
  const badTarget = bad ?? badFileOf(target);
  for (const path of [target, badTarget]) await refuseInput(path, asked.inputs);
  return {
    out: target,
    bad: badTarget,
    partial: `${target}.partial`,
    journal: `${target}.partial.jsonl`,
    badPartial: `${badTarget}.partial`,
  };
}

async function refuseInput(path: string, inputs: Input[]): Promise<void> {
  const there = await stat(path).catch(() => undefined);
  for (const { name } of inputs) {
    const input = name === '-' ? undefined : await stat(name).catch(() => undefined);
    if (there === undefined || input?.ino !== there.ino || input.dev !== there.dev) continue;
    throw new VouchError('BAD_USAGE', 'this output would replace an input', {
      file: path,
      hint: 'Choose another --out.',
    });
  }
}

/** Where bad lines go unless a file is named. */
export function badFileOf(out: string): string {
  return `${out}.bad.jsonl`;
}

function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
