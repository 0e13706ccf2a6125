import { namingOn } from '../data/naming.js';
import type { AnswerSource } from '../data/read/answer-source.js';
import { isOld, OLD_BUNDLE } from '../models/bundle/manifest.js';
import type { Pinning } from '../models/bundle/pinning.js';
import { writeAtomic } from '../support/atomic.js';
import { refuseSame } from '../support/folder/same-place.js';
import { openPlugins } from '../support/plugins/open-plugins.js';
import type { Evaluation } from '../train/evaluate.js';
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
  /** File for the evaluation, as JSON; none if absent. */
  out?: string;
}

/** Defaults of `vouch evaluate`. */
export const evaluateDefaults = { resamples: 2000, seed: 1 } as const;

const known = [
  ...(['model', 'withSeen', 'resamples', 'seed', 'out', 'digest', 'trusted', 'plugins'] as const),
  ...(['onProgress', 'onNote', 'signal'] as const),
];

/**
 * Measures a bundle on labelled answers: proper scores, ranking, calibration, and whether its promises held. Nothing is
 * fitted. Errors: those of opening a bundle and of reading; NO_LABELS, NO_ANSWERS; INTERRUPTED if `signal` fired.
 */
export async function evaluate(answers: AnswerSource, options: EvaluateOptions): Promise<Evaluation> {
  const { read, badFile, rest } = splitReading(options);
  onlyKnown(rest, known);
  const { model, withSeen = false, out, digest, trusted, onProgress, onNote, signal } = rest;
  const { resamples = evaluateDefaults.resamples, seed = evaluateDefaults.seed } = rest;
  const plugins = await openPlugins(rest.plugins);
  const { openBundle } = await import('../scorer/open.js');
  const { filesOf, readBundle } = await import('../models/bundle/read.js');
  const { SEEN_FILE, seenIn } = await import('../models/bundle/seen.js');
  const { evaluate: measure } = await import('../train/evaluate.js');
  const bundle = await readBundle(model, { digest, trusted });
  if (out !== undefined) await refuseSame(out, { inputs: [...inputsOf(answers, read), ...filesOf(bundle)] }, 'out');
  const { scorer } = await openBundle(bundle, { plugins });
  try {
    const { topK, words } = scorer.manifest.signals;
    const loaded = await loadAnswers(answers, {
      read: { ...read, naming: namingOn(scorer.manifest.naming, read.naming) },
      ...{ topK, words: words ?? null, plugins, badFile: badFile ?? `${out ?? model}.bad.jsonl`, onProgress, signal },
    });
    for (const text of loaded.warnings) onNote?.({ about: 'answers', text });
    const seen = withSeen ? [] : seenIn(bundle.files.get(SEEN_FILE));
    const evaluation = await measure(loaded.data, scorer, resamples, seed, seen);
    if (isOld(scorer.manifest)) onNote?.({ about: 'answers', text: OLD_BUNDLE });
    if (out !== undefined) await writeAtomic(out, `${JSON.stringify(evaluation, null, 1)}\n`);
    return evaluation;
  } finally {
    await scorer.close();
  }
}
