import { outError } from '../../../support/atomic.js';
import { VouchError } from '../../../support/errors.js';
import { type Asked, type Earlier, Journal, readJournal } from '../resume/journal.js';
import { FileSink } from './file-sink.js';
import { FinishedSink } from './finished-sink.js';
import type { Encoder } from './format.js';
import { formatOf } from './formats.js';
import { exists, type Paths, pathsOf } from './out-paths.js';
import { PartialFile } from './partial-file.js';
import type { Sink } from './sink.js';

interface FileSinkOptions {
  out: string;
  /** File of bad lines; `OUT.bad.jsonl` where absent. */
  bad?: string;
  resume: boolean;
  asked: Asked;
  /** Told what a user should know. */
  say(text: string): void;
}

/**
 * Scores into a file: blocks of rows are appended to OUT.partial, synced, then marked in OUT.partial.jsonl; at the end the
 * partial is renamed. Whatever happens, OUT is the old file or the whole new one, and a run can go on after the last mark.
 * Errors: BAD_USAGE, OUT_UNWRITABLE, OUT_EXISTS, DISK_FULL, RESUME_MISMATCH.
 */
export async function openFileSink(options: FileSinkOptions): Promise<Sink> {
  const { resume, asked, say } = options;
  const encoder = formatOf(options.out).open({ reasons: asked.reasons !== null, rawCsv: asked.rawCsv });
  try {
    const paths = await pathsOf(options.out, options.bad, asked.inputs);
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
    const partial = await PartialFile.create(paths.partial).catch(async (error) => {
      await journal.discard();
      throw error;
    });
    return new FileSink(paths, encoder, journal, partial);
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
