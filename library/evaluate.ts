import { namingOn } from '../data/naming.js';
import { type AnswerSource, pathsOf } from '../data/read/answer-source.js';
import type { ReadOptions } from '../data/read/answers.js';
import { isOld, OLD_BUNDLE } from '../models/bundle/manifest.js';
import type { Pinning } from '../models/bundle/pinning.js';
import type { SeenQuestions } from '../models/bundle/seen.js';
import type { Evaluation } from '../report/evaluation/results.js';
import type { Scorer } from '../scorer/scorer.js';
import { writeAtomic } from '../support/atomic.js';
import { VouchError } from '../support/errors.js';
import { refuseSame } from '../support/folder/same-place.js';
import { openPlugins } from '../support/plugins/open-plugins.js';
import type { Plugins } from '../support/plugins/plugin.js';
import { versions } from '../support/versions.js';
import type { TrainingData } from '../train/prepare/training-data.js';
import { loadAnswers } from './load-answers.js';
import { inputsOf, onlyKnown, type ReadSettings, splitReading } from './read-settings.js';
import type { PluginOptions, RunOptions } from './run-options.js';

/** Options of `evaluate`. */
export interface EvaluateOptions extends ReadSettings, Pinning, PluginOptions, RunOptions {
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
  ...(['onProgress', 'onNote', 'signal'] as const),
];

/**
 * Measures a bundle on labelled answers: whether its promises were kept (`promises`), proper scores, ranking and
 * calibration; with `against`, also the differences from another bundle. Nothing is fitted. Errors: those of opening a
 * bundle and of reading; NO_LABELS, NO_ANSWERS; BAD_USAGE; INTERRUPTED if `signal` fired.
 */
export async function evaluate(answers: AnswerSource, options: EvaluateOptions): Promise<Evaluation> {
  const { read, badFile, rest } = splitReading(options);
  onlyKnown(rest, known);
  const { model, against, withSeen = false, out, report, digest, trusted, onProgress, onNote, signal } = rest;
  const { resamples = evaluateDefaults.resamples, seed = evaluateDefaults.seed } = rest;
  if (against !== undefined) checkReadTwice(answers);
  const { evaluate: measure } = await import('../train/evaluate.js');
  const plugins = await openPlugins(rest.plugins);
  const ours = await opened(model, { digest, trusted }, plugins);
  const other = against === undefined ? undefined : await opened(against, { trusted }, plugins).catch(closing(ours));
  try {
    const inputs = [...inputsOf(answers, read), ...ours.files, ...(other?.files ?? [])];
    if (out !== undefined) await refuseSame(out, { inputs }, 'out');
    if (report !== undefined) await refuseSame(report, { inputs }, 'report');
    const loading = { plugins, onProgress, signal, badFile: badFile ?? `${out ?? model}.bad.jsonl` };
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

async function opened(dir: string, pinning: Pinning, plugins: Plugins): Promise<Opened> {
  const { openBundle } = await import('../scorer/open.js');
  const { filesOf, readBundle } = await import('../models/bundle/read.js');
  const { SEEN_FILE, seenIn } = await import('../models/bundle/seen.js');
  const bundle = await readBundle(dir, pinning);
  const { scorer } = await openBundle(bundle, { plugins });
  return { scorer, seen: seenIn(bundle.files.get(SEEN_FILE)), files: filesOf(bundle) };
}

/** Closes an open bundle and throws on. */
function closing({ scorer }: Opened): (error: unknown) => Promise<never> {
  return async (error) => {
    await scorer.close();
    throw error;
  };
}

/** The answers with the signals that a bundle reads, and the names of their files. */
async function loadFor(
  { scorer: { manifest } }: Opened,
  answers: AnswerSource,
  read: ReadOptions,
  loading: Pick<RunOptions, 'onProgress' | 'signal'> & { plugins: Plugins; badFile: string },
): Promise<{ data: TrainingData; warnings: string[]; files: string[] }> {
  const { topK, words } = manifest.signals;
  const naming = namingOn(manifest.naming, read.naming);
  const loaded = await loadAnswers(answers, { read: { ...read, naming }, topK, words: words ?? null, ...loading });
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
