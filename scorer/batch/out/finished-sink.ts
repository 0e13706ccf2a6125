import { rm } from 'node:fs/promises';
import { outError } from '../../../support/atomic.js';
import type { Mark } from '../resume/journal.js';
import { exists, type Paths } from './out-paths.js';
import { moveInto } from './partial-file.js';
import type { Sink } from './sink.js';

/** An earlier run that was stopped between its last mark and the last renaming. */
export class FinishedSink implements Sink {
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
