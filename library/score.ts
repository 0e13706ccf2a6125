import { type AnswerSource, pathsOf, recordsOf } from '../data/read/answer-source.js';
import type { Pinning } from '../models/bundle/pinning.js';
import type { BadRow } from '../scorer/batch/out/bad-row.js';
import type { Shard } from '../scorer/batch/shard.js';
import type { ScoreSummary } from '../scorer/batch/summary.js';
import type { Score } from '../scorer/scorer.js';
import { VouchError } from '../support/errors.js';
import { onlyKnown, type ReadSettings, splitReading } from './read-settings.js';
import type { RunOptions } from './run-options.js';
import { Streamed } from './streamed.js';

/** Options of `score`. Labels are not looked at. */
export interface ScoreOptions
  extends Pick<ReadSettings, 'format' | 'map' | 'mostLine' | 'badLines' | 'naming'>,
    Pinning,
    RunOptions {
  /** Folder of the bundle. */
  model: string;
  /** The n signals that pulled each probability up or down most; none where absent. */
  reasons?: number;
  /** All answers were reached because of an earlier score (escalated, best of several): no decision. */
  selected?: boolean;
  /** Without `out`: is told of each bad line that `badLines: 'skip'` skips. */
  onBadLine?: (line: BadRow) => void;
}

/** Options of `score` with `out`: what concerns the file that is written. */
export interface ScoreFileOptions extends ScoreOptions {
  /**
   * Where the scores go, in the format of its ending (JSON Lines, CSV, Parquet); `-` is JSON Lines on standard output.
   */
  out: string;
  /** Where bad lines go (default `OUT.bad.jsonl`). */
  badFile?: string;
  /** Goes on with a run that was stopped or killed; files only. */
  resume?: boolean;
  /** Rows between two points that a run can go on from. */
  checkpoint?: number;
  /** Every n-th row from the i-th on (counted from 1), for n runs side by side. */
  shard?: Shard;
  /** Threads to score in; the output is the same for any number (default: all cores). */
  threads?: number;
  /** CSV: texts as they are, though a spreadsheet would run some as formulas. */
  rawCsv?: boolean;
}

const streamed = [
  ...(['model', 'digest', 'trusted', 'reasons', 'selected', 'onBadLine', 'onProgress', 'onNote', 'signal'] as const),
  'out',
] as const;
const toFile = [...streamed, 'resume', 'checkpoint', 'shard', 'threads', 'rawCsv'] as const;

/**
 * Scores answers with a bundle, in order. With `out` the scores go to a file, and the result is a summary; bad lines
 * are set aside as `vouch score` does. Without `out` the result is the scores: `await` gives an array, `for await`
 * takes them one by one; a bad line throws unless `badLines` is `skip`. Errors: those of opening a bundle and of
 * reading; NO_ANSWERS; INTERRUPTED where `signal` fired.
 */
export function score(answers: AnswerSource, options: ScoreFileOptions): Promise<ScoreSummary>;
export function score(answers: AnswerSource, options: ScoreOptions & { out?: undefined }): Streamed<Score>;
export function score(
  answers: AnswerSource,
  options: ScoreOptions | ScoreFileOptions,
): Promise<ScoreSummary> | Streamed<Score> {
  if ('out' in options && options.out !== undefined) return scoreToFile(answers, options);
  return new Streamed(() => scores(answers, options));
}

async function* scores(answers: AnswerSource, options: ScoreOptions): AsyncGenerator<Score> {
  const { read, rest } = splitReading<ScoreOptions & ReadSettings>(options);
  onlyKnown(rest, streamed);
  const { model, digest, trusted, reasons, selected, onBadLine, onProgress, signal } = options;
  const { openBundle } = await import('../scorer/open.js');
  const { readBundle } = await import('../models/bundle/read.js');
  const { streamScores } = await import('../scorer/batch/stream-scores.js');
  const { reportedProgress } = await import('../support/reported-progress.js');
  const { scorer } = await openBundle(await readBundle(modelOf(model), { digest, trusted }));
  const shown = onProgress === undefined ? null : reportedProgress(onProgress)('score', { unit: 'rows' });
  const onRows = (rows: number) => shown?.add(rows);
  try {
    yield* streamScores(scorer, answers, { read, reasons, selected, signal, onBadLine, onRows });
    shown?.done();
  } finally {
    await scorer.close();
  }
}

async function scoreToFile(answers: AnswerSource, options: ScoreFileOptions): Promise<ScoreSummary> {
  const { read, badFile: bad, rest } = splitReading<ScoreFileOptions & ReadSettings>(options);
  onlyKnown(rest, toFile);
  const { model, out, resume, checkpoint, shard, reasons, selected, rawCsv, signal } = options;
  const files = pathsOf(answers);
  if (files === null && resume === true) {
    throw new VouchError('BAD_USAGE', 'only a run over files can be gone on with', { field: 'resume' });
  }
  const { writeScores } = await import('./write-scores.js');
  return writeScores(
    { model: modelOf(model), pinning: { digest: options.digest, trusted: options.trusted }, threads: options.threads },
    {
      ...{ files: files ?? [], records: files === null ? recordsOf(answers) : undefined, read },
      ...{ out, bad, resume, shard, checkpoint, reasons, selected, rawCsv },
    },
    { signal, onProgress: options.onProgress, onNote: options.onNote },
  );
}

function modelOf(model: unknown): string {
  if (typeof model === 'string') return model;
  throw new VouchError('BAD_USAGE', 'the folder of the bundle is missing', { field: 'model' });
}
