import { rm } from 'node:fs/promises';
import { outError } from '../../../support/atomic.js';
import { VouchError } from '../../../support/errors.js';
import { exists } from '../../../support/files/exists.js';
import { plural } from '../../../support/words/plural.js';
import { type Asked, type Earlier, Journal, readJournal } from '../resume/journal.js';
import { FileSink } from './file-sink.js';
import { FinishedSink } from './finished-sink.js';
import type { Encoder } from './format.js';
import { formatOf } from './formats.js';
import { type Paths, pathsOf } from './out-paths.js';
import { PartialFile } from './partial-file.js';
import type { Sink } from './sink.js';
import { traceWriter, type WriteTrace } from './trace-file.js';

interface FileSinkOptions {
  out: string;
  /** File for bad lines; default `OUT.bad.jsonl`. */
  bad?: string;
  resume: boolean;
  asked: Asked;
  /** The clock; absent: nothing says when the run began. */
  now?: () => Date;
  /** Receives messages for the user. */
  say(text: string): void;
}

/**
 * Opens a sink that writes scores into a file. Blocks of rows are appended to OUT.partial and synced, then marked in
 * OUT.partial.jsonl. At the end the partial file is renamed. Whatever happens, OUT is the complete old or new file, and
 * a run can continue after the last mark. Errors: BAD_USAGE, OUT_UNWRITABLE, OUT_EXISTS, DISK_FULL, RESUME_MISMATCH.
 */
export async function openFileSink(options: FileSinkOptions): Promise<Sink> {
  const { resume, asked, now, say } = options;
  const format = formatOf(options.out);
  try {
    const paths = await pathsOf(options.out, options.bad, asked.inputs);
    const earlier = resume ? await readJournal(paths.journal, asked) : undefined;
    const isContinued = earlier !== undefined && earlier.marks.length > 0;
    const started = isContinued ? earlier.started : (now?.().toISOString() ?? null);
    const encoder = format.open({
      ...{ reasons: asked.reasons !== null, rawCsv: asked.rawCsv, grounded: asked.grounded, digest: asked.bundle },
      ...(asked.trace ? { trace: { digest: asked.bundle, time: started ?? '' } } : {}),
    });
    const trace = traceWriter(asked, started, now);
    if (isContinued) return await goOn({ paths, encoder, trace, say }, earlier);
    if (resume) say('there is nothing to resume: scoring starts with the first row');
    else if (await exists(paths.journal))
      say(`${paths.partial} was left by an earlier run and is replaced. With --resume that run would continue.`);
    await removeEarlier(paths);
    const journal = await Journal.create(paths.journal, asked, started);
    const partial = await PartialFile.create(paths.partial).catch(async (error) => {
      await journal.discard();
      throw error;
    });
    return new FileSink(paths, encoder, { journal, partial, trace });
  } catch (error) {
    throw outError(options.out, error);
  }
}

/**
 * Removes what an earlier run left. Its journal says that the other files are ours, so it goes last: a kill in between
 * leaves nothing that the next run would take for somebody else's.
 */
async function removeEarlier({ partial, journal, badPartial }: Paths): Promise<void> {
  if (await exists(journal)) {
    for (const path of [partial, badPartial]) await rm(path, { force: true });
  } else if (await exists(partial)) {
    throw new VouchError('OUT_EXISTS', 'this file is not a partial output of vouch score; it was not changed', {
      file: partial,
    });
  }
}

interface GoOn {
  paths: Paths;
  encoder: Encoder;
  trace: WriteTrace;
  say(text: string): void;
}

async function goOn({ paths, encoder, trace, say }: GoOn, { marks, length }: Earlier): Promise<Sink> {
  const last = marks[marks.length - 1];
  say(`continuing after ${plural(last.tally.rows, 'row')} that an earlier run scored`);
  if (last.final) return new FinishedSink(paths, last, trace);
  const partial = await PartialFile.resume(paths.partial, last.bytes);
  const bad = last.badBytes > 0 ? await PartialFile.resume(paths.badPartial, last.badBytes) : undefined;
  const notes = marks.flatMap(({ note }) => (note === undefined ? [] : [note]));
  encoder.restore?.(notes, last.bytes);
  const journal = await Journal.resume(paths.journal, length);
  return new FileSink(paths, encoder, { journal, partial, trace }, { badFile: bad, from: last });
}
