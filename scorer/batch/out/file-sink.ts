import { rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { makeFolder, outError } from '../../../support/atomic.js';
import { plural } from '../../../support/words/plural.js';
import { addHint, canGoOn, isShared } from '../errors.js';
import type { Journal, Mark } from '../resume/journal.js';
import type { Place } from '../resume/place.js';
import type { Tally } from '../tally.js';
import { type BadRow, badText } from './bad-row.js';
import type { Encoder, Part } from './format.js';
import { badFileOf, type Paths } from './out-paths.js';
import { PartialFile } from './partial-file.js';
import type { Sink } from './sink.js';
import type { WriteTrace } from './trace-file.js';

/**
 * Writes scores into a file. A block of rows is appended to the partial file and synced, then marked in the journal. So
 * everything up to the last mark is complete, whatever happens.
 */
export class FileSink implements Sink {
  #parts: Part[] = [];
  #last: Mark | undefined;
  #badFile: PartialFile | undefined;
  private readonly journal: Journal;
  private readonly partial: PartialFile;
  private readonly trace: WriteTrace;
  readonly from?: Mark;

  constructor(
    private readonly paths: Paths,
    private readonly encoder: Encoder,
    { journal, partial, trace }: { journal: Journal; partial: PartialFile; trace: WriteTrace },
    earlier: { badFile?: PartialFile; from?: Mark } = {},
  ) {
    this.journal = journal;
    this.partial = partial;
    this.trace = trace;
    this.from = earlier.from;
    this.#badFile = earlier.badFile;
    this.#last = earlier.from;
  }

  get started(): string | undefined {
    return this.trace.started;
  }

  /**
   * Rows are small and are kept until their block is written. Bad lines may be long and are written to their file at
   * once.
   */
  async add(part: Part, bad: BadRow[]): Promise<boolean> {
    if (part.length > 0) this.#parts.push(part);
    if (bad.length > 0) await this.#coded(() => this.#addBad(bad));
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
      await this.partial.publish(this.paths.out); // fails if another run has replaced the partial file
      await this.trace.write(this.paths.out, { bytes: this.partial.length, tally });
      await this.journal.discard();
    });
  }

  finishEmpty(): Promise<void> {
    return this.#coded(async () => {
      await this.#publishBad();
      await this.partial.discard();
      await this.journal.discard();
    });
  }

  async abandon(error: unknown): Promise<unknown> {
    if (isShared(error)) return error; // the files now belong to another run: do not touch them
    const last = canGoOn(error) ? this.#last : undefined;
    const all =
      last === undefined
        ? [this.#badFile?.discard(), this.partial.discard(), this.journal.discard()]
        : [this.#badFile?.keep(last.badBytes), this.partial.keep(last.bytes), this.journal.close()];
    await Promise.allSettled(all); // only the first error is reported
    if (last === undefined) return error;
    const saved = `${this.paths.partial} has the first ${plural(last.tally.rows, 'row')}.`;
    const hint = `${saved} To continue, run the same command with --resume.`;
    return addHint(error, hint);
  }

  async #addBad(bad: BadRow[]): Promise<void> {
    if (this.#badFile === undefined) await makeFolder(dirname(this.paths.bad));
    this.#badFile ??= await PartialFile.create(this.paths.badPartial);
    await this.#badFile.append(Buffer.from(badText(bad)));
  }

  /** Appends the rows added since the last block; returns the encoder's note on the block. */
  async #write(): Promise<string | undefined> {
    const parts = this.#parts;
    this.#parts = [];
    if (parts.length === 0) return undefined;
    await this.partial.append(this.encoder.block(parts, this.partial.length));
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
    // A file of bad lines may be left from an earlier run.
    else if (this.paths.bad === badFileOf(this.paths.out)) await rm(this.paths.bad, { force: true });
  }

  async #coded(work: () => Promise<void>): Promise<void> {
    await work().catch((error) => {
      throw outError(this.paths.out, error);
    });
  }
}
