import type { z } from 'zod';
import { type AnswerSource, IN_MEMORY, pathsOf } from '../data/read/answer-source.js';
import { pluginReaders } from '../data/read/formats/define-reader.js';
import type { Annotator } from '../meaning/annotator.js';
import { checkTarget, writeBundle } from '../models/bundle/write.js';
import type { ReportData } from '../report/results.js';
import { VouchError } from '../support/errors.js';
import { type Output, refuseOutputs } from '../support/folder/same-place.js';
import { openPlugins } from '../support/plugins/open-plugins.js';
import { reportedProgress } from '../support/reported-progress.js';
import { unlessAborted } from '../support/unless-aborted.js';
import { versions } from '../support/versions.js';
import { parseOptions, type trainOptionsSchema, wordsOf } from '../train/options.js';
import { dataFiles } from './data-files.js';
import { type EncoderOptions, withEncoders } from './encoders.js';
import { holdingOut, writeHeldOut } from './held-out.js';
import { learnEncoders } from './learn-encoders.js';
import { loadAnswers } from './load-answers.js';
import { inputsOf, namedFiles, type ReadSettings, splitReading } from './read-settings.js';
import type { PluginOptions, RunOptions } from './run-options.js';

/** Options of `train`. All options of training have defaults; docs/library.md lists the most important ones. */
export interface TrainOptions
  extends Omit<z.input<typeof trainOptionsSchema>, 'groupBy' | 'mergeNear'>,
    ReadSettings,
    PluginOptions,
    EncoderOptions,
    RunOptions {
  /** Folder of the bundle. */
  out: string;
  /** Reuses the fits that an earlier run with the same answers and options finished; `OUT.fits` keeps them. */
  resume?: boolean;
  /** File for the part that only certifies, as JSON Lines; it needs `certify: 'split'`. */
  heldOut?: string;
}

/** The result of `train`. */
export interface TrainResult {
  /** The bundle's folder, as given. */
  bundle: string;
  /** The content of report.json. */
  report: ReportData;
}

/**
 * Trains on labelled answers and writes a bundle: scorer, certified thresholds, report. Errors: those of reading;
 * BAD_USAGE; TOO_FEW_LABELS, ONE_CLASS, ONE_GROUP, NO_SIGNALS, NO_LABELS; OUT_EXISTS, OUT_UNWRITABLE; INTERRUPTED if
 * `signal` fired; PLUGIN_BAD, PLUGIN_FAILED.
 */
export function train(answers: AnswerSource, { encoders, ...given }: TrainOptions): Promise<TrainResult> {
  return withEncoders(encoders, (annotator) => trainWith(answers, given, annotator));
}

async function trainWith(
  answers: AnswerSource,
  given: Omit<TrainOptions, 'encoders'>,
  annotator: Annotator | undefined,
): Promise<TrainResult> {
  const { out, resume = false, heldOut, plugins: sources, onProgress, onNote, signal, ...settings } = given;
  if (typeof out !== 'string')
    throw new VouchError('BAD_USAGE', 'the folder of the bundle is missing', { field: 'out' });
  const { read, badFile = `${out}.bad.jsonl`, rest } = splitReading(settings);
  const { groupBy, mergeNear } = read;
  const asked = parseOptions({ ...rest, ...(groupBy === undefined ? {} : { groupBy }), mergeNear });
  const options = heldOut === undefined ? asked : holdingOut(asked);
  if (heldOut !== undefined) onlyTwice(answers);
  const outputs: Output[] = [
    ['out', out],
    ['heldOut', heldOut],
    ['badFile', badFile],
  ];
  await refuseOutputs(outputs, { inputs: namedFiles(answers, read, sources) });
  const plugins = await openPlugins(sources);
  await checkTarget(out);
  unlessAborted(signal);
  const { openRun } = await import('./training-run.js');
  const { trySignals } = await import('../train/prepare/try-signals.js');
  trySignals(plugins);
  const { topK, reportTexts: texts } = options;
  const encoders =
    annotator === undefined
      ? undefined
      : await learnEncoders(answers, { ...read, readers: pluginReaders(plugins) }, { annotator, onNote, signal });
  const annotate = encoders && annotator?.only(encoders).annotate;
  const wanted = { topK, words: wordsOf(options), vectors: options.embeddings.channel ? ('any' as const) : null };
  const loading = { read: { ...read, annotate }, ...wanted, texts, plugins, badFile, onProgress, signal };
  const loaded = await loadAnswers(answers, loading);
  const inputs = await dataFiles(inputsOf(answers, read), signal);
  const run = await openRun({ out, resume, options, data: loaded.data, signal, onNote });
  const trained = await run.finish(async ({ pool, backend, train: learn }) => {
    const trained = await learn(loaded.data, options, {
      pool,
      backend,
      files: pathsOf(answers) ?? [IN_MEMORY],
      inputs,
      read: loaded.read,
      bad: loaded.bad.length,
      warnings: loaded.warnings,
      created: new Date().toISOString(),
      versions: versions(),
      naming: read.naming,
      plugins,
      madeBy: loaded.madeBy,
      encoders,
      show: onProgress === undefined ? undefined : reportedProgress(onProgress),
    });
    unlessAborted(signal);
    await writeBundle(out, trained.files, trained.manifest);
    return trained;
  });
  if (heldOut !== undefined) {
    const ids = new Set(Array.from(trained.certify, (row) => loaded.data.ids[row]));
    await writeHeldOut(answers, { ...read, readers: pluginReaders(plugins) }, ids, heldOut);
  }
  return { bundle: out, report: trained.report };
}

/** Checks that the answers can be read twice. Error: BAD_USAGE. */
function onlyTwice(answers: AnswerSource): void {
  if (typeof answers === 'string' || Array.isArray(answers)) return;
  throw new VouchError('BAD_USAGE', 'heldOut reads the answers twice, and an iterable can be read only once', {
    field: 'heldOut',
    expected: 'paths, or a list of records',
  });
}
