import { namingOn } from '../data/naming.js';
import { type AnswerSource, pathsOf } from '../data/read/answer-source.js';
import type { ReadOptions } from '../data/read/answers.js';
import { annotateFor } from '../meaning/annotate-for.js';
import type { Annotator } from '../meaning/annotator.js';
import { encodersRead, namedBy } from '../models/bundle/encoders-read.js';
import { isOld, OLD_BUNDLE } from '../models/bundle/manifest.js';
import type { Pinning } from '../models/bundle/pinning.js';
import type { SeenQuestions } from '../models/bundle/seen.js';
import type { Evaluation } from '../report/evaluation/results.js';
import type { OpenOptions } from '../scorer/open.js';
import type { Scorer } from '../scorer/scorer.js';
import { writeAtomic } from '../support/atomic.js';
import { closing } from '../support/closing.js';
import { VouchError } from '../support/errors.js';
import { type Output, refuseOutputs } from '../support/folder/same-place.js';
import { openPlugins } from '../support/plugins/open-plugins.js';
import type { Plugins } from '../support/plugins/plugin.js';
import { versions } from '../support/versions.js';
import type { TrainingData } from '../train/prepare/training-data.js';
import { type EncoderOptions, noteEncoders, withEncoders } from './encoders.js';
import { loadAnswers } from './load-answers.js';
import { namedFiles, onlyKnown, type ReadSettings, splitReading } from './read-settings.js';
import type { PluginOptions, RunOptions } from './run-options.js';

/** Options of `evaluate`. */
export interface EvaluateOptions extends ReadSettings, Pinning, PluginOptions, EncoderOptions, RunOptions {
  /** Folder of the bundle. */
  model: string;
  /** Also measures on questions that the bundle was trained on; they make the results look too good. */
  withSeen?: boolean;
  /** Grouped-bootstrap resamples for the intervals, and their seed. */
  resamples?: number;
  seed?: number;
  /**
   * Folder of another bundle to compare with on the same answers. They are read twice, so they must be files or an array
   * of records. `digest` is for `model` only; `trusted` is for both.
   */
  against?: string;
  /** File for the evaluation, as JSON; none if absent. */
  out?: string;
  /** File for the report of the evaluation, as a page that loads nothing else; none if absent. */
  report?: string;
}

/** Defaults of `vouch evaluate`. */
export const evaluateDefaults = { resamples: 2000, seed: 1 } as const;

const known = [
  ...(['model', 'against', 'withSeen', 'resamples', 'seed', 'out', 'report', 'digest', 'trusted', 'plugins'] as const),
  ...(['encoders', 'onProgress', 'onNote', 'signal'] as const),
];

/**
 * Measures a bundle on labelled answers: whether its promises were kept (`promises`), proper scores, ranking and
 * calibration; with `against`, also the differences from another bundle. Nothing is fitted. Errors: those of opening a
 * bundle and of reading; NO_LABELS, NO_ANSWERS; BAD_USAGE; INTERRUPTED if `signal` fired.
 */
export function evaluate(answers: AnswerSource, options: EvaluateOptions): Promise<Evaluation> {
  return withEncoders(options.encoders, (annotator) => evaluateWith(answers, options, annotator));
}

async function evaluateWith(
  answers: AnswerSource,
  options: EvaluateOptions,
  annotator: Annotator | undefined,
): Promise<Evaluation> {
  const { read, badFile, rest } = splitReading(options);
  onlyKnown(rest, known);
  const { model, against, withSeen = false, out, report, digest, trusted, onProgress, onNote, signal } = rest;
  const { resamples = evaluateDefaults.resamples, seed = evaluateDefaults.seed } = rest;
  if (against !== undefined) checkReadTwice(answers);
  const { evaluate: measure } = await import('../train/evaluate.js');
  const plugins = await openPlugins(rest.plugins);
  const models = { plugins, annotator };
  const ours = await opened(model, { digest, trusted }, models);
  const other =
    against === undefined ? undefined : await opened(against, { trusted }, models).catch(closing(ours.scorer));
  try {
    const inputs = [...namedFiles(answers, read, rest.plugins), ...ours.files, ...(other?.files ?? [])];
    const aside = badFile ?? `${out ?? model}.bad.jsonl`;
    const outputs: Output[] = [
      ['out', out],
      ['report', report],
      ['badFile', aside],
    ];
    await refuseOutputs(outputs, { inputs });
    const loading = { ...models, onProgress, signal, badFile: aside };
    const { data, warnings, files } = await loadFor(ours, answers, read, loading);
    for (const text of warnings) onNote?.({ about: 'answers', text });
    const evaluation = await measure(data, ours.scorer, {
      ...{ resamples, seed },
      seen: withSeen ? [] : [ours, ...(other === undefined ? [] : [other])].flatMap(({ seen }) => seen),
      against:
        other === undefined
          ? undefined
          : { scorer: other.scorer, collected: (await loadFor(other, answers, read, loading)).data },
    });
    const bundles = other === undefined ? [ours] : [ours, other];
    noteEncoders(namedBy(bundles.map(({ scorer }) => scorer.manifest)), annotator, onNote);
    if (isOld(ours.scorer.manifest)) onNote?.({ about: 'answers', text: OLD_BUNDLE });
    if (out !== undefined) await writeAtomic(out, `${JSON.stringify(evaluation, null, 1)}\n`);
    if (report !== undefined) {
      const { evaluationHtml } = await import('../report/evaluation/html.js');
      const created = new Date().toISOString();
      await writeAtomic(report, evaluationHtml(evaluation, { created, files, warnings, vouch: versions().vouch }));
    }
    return evaluation;
  } finally {
    await ours.scorer.close();
    await other?.scorer.close();
  }
}

interface Opened {
  scorer: Scorer;
  seen: SeenQuestions[];
  /** The files of the bundle. */
  files: string[];
}

async function opened(
  dir: string,
  pinning: Pinning,
  models: Pick<OpenOptions, 'plugins' | 'annotator'>,
): Promise<Opened> {
  const { openBundle } = await import('../scorer/open.js');
  const { filesOf, readBundle } = await import('../models/bundle/read.js');
  const { SEEN_FILE, seenIn } = await import('../models/bundle/seen.js');
  const bundle = await readBundle(dir, pinning);
  const { scorer } = await openBundle(bundle, models);
  return { scorer, seen: seenIn(bundle.files.get(SEEN_FILE)), files: filesOf(bundle) };
}

/** The answers with the signals that a bundle reads, and the names of their files. */
async function loadFor(
  { scorer: { manifest } }: Opened,
  answers: AnswerSource,
  read: ReadOptions,
  {
    annotator,
    ...loading
  }: Pick<RunOptions, 'onProgress' | 'signal'> & {
    plugins: Plugins;
    annotator?: Annotator;
    badFile: string;
  },
): Promise<{ data: TrainingData; warnings: string[]; files: string[] }> {
  const { topK, words = null, embeddings = null } = manifest.signals;
  const naming = namingOn(manifest.naming, read.naming);
  const loaded = await loadAnswers(answers, {
    read: { ...read, naming, annotate: annotateFor(manifest.encoders, annotator, encodersRead(manifest)) },
    topK,
    words,
    vectors: embeddings,
    ...loading,
  });
  return { ...loaded, files: pathsOf(answers) ?? [] };
}

/** Error: BAD_USAGE for answers that can be read only once. */
function checkReadTwice(answers: AnswerSource): void {
  const paths = pathsOf(answers);
  if (paths === null ? Array.isArray(answers) : !paths.includes('-')) return;
  throw new VouchError('BAD_USAGE', 'these answers can be read only once, and a comparison reads them twice', {
    field: 'against',
    expected: paths === null ? 'an array of records, or files' : 'files',
  });
}
