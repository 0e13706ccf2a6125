import { type AnswerSource, pathsOf, recordsOf } from '../data/read/answer-source.js';
import { pluginReaders } from '../data/read/formats/define-reader.js';
import { namedBy } from '../models/bundle/encoders-read.js';
import type { Pinning } from '../models/bundle/pinning.js';
import type { BadRow } from '../scorer/batch/out/bad-row.js';
import type { Shard } from '../scorer/batch/shard.js';
import type { ScoreSummary } from '../scorer/batch/summary.js';
import type { Score } from '../scorer/scorer.js';
import { closing } from '../support/closing.js';
import { VouchError } from '../support/errors.js';
import { openPlugins } from '../support/plugins/open-plugins.js';
import { type EncoderOptions, noteEncoders, openEncoders } from './encoders.js';
import { onlyKnown, type ReadSettings, splitReading } from './read-settings.js';
import type { PluginOptions, RunOptions } from './run-options.js';
import { Streamed } from './streamed.js';

/** Options of `score`. Labels are ignored. */
export interface ScoreOptions
  extends Pick<ReadSettings, 'format' | 'map' | 'mostLine' | 'badLines' | 'naming'>,
    Pinning,
    PluginOptions,
    EncoderOptions,
    RunOptions {
  /** Folder of the bundle. */
  model: string;
  /** Adds the n signals that moved each probability most, up or down; none if absent. */
  reasons?: number;
  /** An earlier score led to all answers (escalated, best of several): they get no decision. */
  selected?: boolean;
  /** Adds to each score the SHA-256 of the bundle's manifest (`digest`), and when the run began (`time`). */
  trace?: boolean;
  /** Without `out`: called with each bad line that `badLines: 'skip'` skips. */
  onBadLine?: (line: BadRow) => void;
}

/** Options of `score` with `out`: they concern the file of scores. */
export interface ScoreFileOptions extends ScoreOptions {
  /**
   * File for the scores; its ending sets the format (JSON Lines, CSV, Parquet). `-`: JSON Lines on standard output.
   */
  out: string;
  /** File for bad lines (default `OUT.bad.jsonl`). */
  badFile?: string;
  /** Continues a run that was stopped or killed; for files only. */
  resume?: boolean;
  /** Rows between two points that `resume` can continue from. */
  checkpoint?: number;
  /** Scores every n-th row from row i on (counted from 1), for n parallel runs. */
  shard?: Shard;
  /** Threads for scoring; the output is the same for any number (default: all cores). */
  threads?: number;
  /** CSV: writes texts unchanged, even if a spreadsheet would run them as formulas. */
  rawCsv?: boolean;
}

const streamed = [
  ...(['model', 'digest', 'trusted', 'reasons', 'selected', 'trace', 'plugins', 'encoders', 'onBadLine'] as const),
  ...(['onProgress', 'onNote', 'signal', 'out'] as const),
] as const;
const toFile = [...streamed, 'resume', 'checkpoint', 'shard', 'threads', 'rawCsv'] as const;

/**
 * Scores answers with a bundle, in order. With `out` the scores go to a file, and the result is a summary; bad lines
 * are set aside as `vouch score` does. Without `out` the result is the scores: `await` gives an array, `for await`
 * one score at a time. A bad line throws unless `badLines` is `skip`. Errors: those of opening a bundle and of
 * reading; NO_ANSWERS; INTERRUPTED if `signal` fired.
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
  const time = new Date().toISOString();
  const plugins = await openPlugins(options.plugins);
  const { openBundle } = await import('../scorer/open.js');
  const { readBundle } = await import('../models/bundle/read.js');
  const { streamScores } = await import('../scorer/batch/stream-scores.js');
  const { reportedProgress } = await import('../support/reported-progress.js');
  const bundle = await readBundle(modelOf(model), { digest, trusted });
  const annotator = await openEncoders(options.encoders);
  const { scorer } = await openBundle(bundle, { plugins, annotator }).catch(closing(annotator));
  noteEncoders(namedBy([bundle.manifest], { grounds: true }), annotator, options.onNote);
  const shown = onProgress === undefined ? null : reportedProgress(onProgress)('score', { unit: 'rows' });
  const onRows = (rows: number) => shown?.add(rows);
  try {
    const trace = options.trace === true ? { digest: scorer.digest, time } : undefined;
    const reading = { ...read, readers: pluginReaders(plugins) };
    yield* streamScores(scorer, answers, { read: reading, reasons, selected, trace, signal, onBadLine, onRows });
    shown?.done();
  } finally {
    await scorer.close();
    await annotator?.close();
  }
}

async function scoreToFile(answers: AnswerSource, options: ScoreFileOptions): Promise<ScoreSummary> {
  const { read, badFile: bad, rest } = splitReading<ScoreFileOptions & ReadSettings>(options);
  onlyKnown(rest, toFile);
  const { model, out, resume, checkpoint, shard, reasons, selected, trace, rawCsv, signal } = options;
  const files = pathsOf(answers);
  if (files === null && resume === true) {
    throw new VouchError('BAD_USAGE', 'only a run that reads files can be resumed', { field: 'resume' });
  }
  const plugins = await openPlugins(options.plugins);
  const { writeScores } = await import('./write-scores.js');
  return writeScores(
    {
      ...{ model: modelOf(model), pinning: { digest: options.digest, trusted: options.trusted }, plugins },
      encoders: options.encoders,
      threads: options.threads,
    },
    {
      ...{ files: files ?? [], records: files === null ? recordsOf(answers) : undefined },
      read: { ...read, readers: pluginReaders(plugins) },
      ...{ out, bad, resume, shard, checkpoint, reasons, selected, trace, rawCsv },
    },
    { signal, onProgress: options.onProgress, onNote: options.onNote },
  );
}

function modelOf(model: unknown): string {
  if (typeof model === 'string') return model;
  throw new VouchError('BAD_USAGE', 'the folder of the bundle is missing', { field: 'model' });
}
