import { rm } from 'node:fs/promises';
import { outError } from '../../../support/atomic.js';
import { exists } from '../../../support/files/exists.js';
import { renameSynced } from '../../../support/sync-folder.js';
import type { Mark } from '../resume/journal.js';
import type { Paths } from './out-paths.js';
import type { Sink } from './sink.js';
import type { WriteTrace } from './trace-file.js';

/** The sink of an earlier run that was stopped between its last mark and its last renaming. */
export class FinishedSink implements Sink {
  constructor(
    private readonly paths: Paths,
    readonly from: Mark,
    private readonly trace: WriteTrace,
  ) {}

  get started(): string | undefined {
    return this.trace.started;
  }

  async finish(): Promise<void> {
    const { bad, badPartial, out, partial, journal } = this.paths;
    if (this.from.badBytes > 0 && (await exists(badPartial))) await renameSynced(badPartial, bad);
    if (await exists(partial)) await renameSynced(partial, out);
    await this.trace.write(out, this.from);
    await rm(journal, { force: true });
  }

  add = async () => true;
  mark = async () => {};
  finishEmpty = async () => {};
  abandon = async (error: unknown) => outError(this.paths.out, error);
}
