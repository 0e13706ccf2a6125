import type { AdaptationReport } from '../adapt/report/results.js';
import { namingOn } from '../data/naming.js';
import { type AnswerSource, IN_MEMORY, pathsOf } from '../data/read/answer-source.js';
import { annotateFor } from '../meaning/annotate-for.js';
import type { Annotator } from '../meaning/annotator.js';
import { checkEncoders } from '../models/bundle/check-encoders.js';
import type { Pinning } from '../models/bundle/pinning.js';
import { checkTarget, writeBundle } from '../models/bundle/write.js';
import { lostPolicy } from '../scorer/policy/lost-policy.js';
import { refuseSame } from '../support/folder/same-place.js';
import { openPlugins } from '../support/plugins/open-plugins.js';
import { unlessAborted } from '../support/unless-aborted.js';
import { versions } from '../support/versions.js';
import type { TrainOptions } from '../train/options.js';
import { dataFiles } from './data-files.js';
import { type EncoderOptions, noteEncoders, withEncoders } from './encoders.js';
import { loadAnswers } from './load-answers.js';
import { inputsOf, namedFiles, onlyKnown, type ReadSettings, splitReading } from './read-settings.js';
import type { PluginOptions, RunOptions } from './run-options.js';

/** Options of `adapt`. */
export interface AdaptOptions extends ReadSettings, Pinning, PluginOptions, EncoderOptions, RunOptions {
  /** Folder of the bundle to adapt; it is not changed. */
  model: string;
  /** Folder of the new bundle. */
  out: string;
  /** Allowed share of errors among accepted answers, and the confidence of that promise (default: as trained). */
  targetError?: number;
  confidence?: number;
  /** Seed for all random steps. */
  seed?: number;
  /** For the card: who is responsible and whom to ask (default: as trained), what the bundle is meant for, its version. */
  owner?: string;
  contact?: string;
  intendedUse?: string;
  bundleVersion?: string;
  /** Signals that may set off the leak alarm; the bundle is certified all the same. */
  allowLeak?: string[];
  /** Whether the report shows questions and answers next to the most confident mistakes. */
  reportTexts?: boolean;
}

/** The result of `adapt`. */
export interface AdaptResult {
  /** The new bundle's folder, as given. */
  bundle: string;
  /** The content of report.json. */
  report: AdaptationReport;
}

const known = [
  ...(['model', 'out', 'targetError', 'confidence', 'seed', 'allowLeak', 'reportTexts'] as const),
  ...(['digest', 'trusted', 'plugins', 'encoders'] as const),
  ...(['owner', 'contact', 'intendedUse', 'bundleVersion'] as const),
  ...(['onProgress', 'onNote', 'signal'] as const),
];

/**
 * Adapts a trained bundle to a new task or model with a few labelled answers (it is made for 50 to 300), certifies it
 * again, and writes a new bundle. Errors: those of opening a bundle, of reading and of `train`; INTERRUPTED if `signal`
 * fired.
 */
export function adapt(answers: AnswerSource, given: AdaptOptions): Promise<AdaptResult> {
  return withEncoders(given.encoders, (annotator) => adaptWith(answers, given, annotator));
}

async function adaptWith(
  answers: AnswerSource,
  given: AdaptOptions,
  annotator: Annotator | undefined,
): Promise<AdaptResult> {
  const { read, badFile, rest } = splitReading(given);
  onlyKnown(rest, known);
  const { model, out, digest, trusted, onProgress, onNote, signal } = rest;
  const { targetError, confidence, seed, allowLeak, reportTexts } = rest;
  const { owner, contact, intendedUse, bundleVersion } = rest;
  const plugins = await openPlugins(rest.plugins);
  const { verifiedBundle } = await import('../scorer/verified-bundle.js');
  const bundle = await verifiedBundle(model, { digest, trusted }, plugins);
  checkEncoders(bundle.manifest, annotator?.encoders ?? [], model);
  noteEncoders(bundle.manifest, annotator, onNote); // adapting may read what the bundle did not
  const annotate = annotateFor(bundle.manifest.encoders, annotator);
  await refuseSame(out, { inputs: namedFiles(answers, read, rest.plugins), folders: [model] });
  await checkTarget(out);
  unlessAborted(signal);
  const { adaptBundle } = await import('../adapt/adapt-bundle.js');
  const { keptOptions } = await import('../adapt/kept-options.js');
  const { groupBy, mergeNear } = read;
  const asked: Partial<TrainOptions> = {
    ...{ targetError, confidence, seed, groupBy, allowLeak, reportTexts, mergeNear },
    ...{ owner, contact, intendedUse, bundleVersion },
  };
  const options = keptOptions(bundle.manifest.options, asked);
  const { topK, words = null, embeddings = null } = bundle.manifest.signals;
  const naming = namingOn(bundle.manifest.naming, read.naming);
  const loaded = await loadAnswers(answers, {
    read: { ...read, naming, annotate, groupBy: options.groupBy, mergeNear: options.mergeNear },
    ...{
      topK,
      words,
      vectors: embeddings,
      plugins,
      texts: options.reportTexts,
      badFile: badFile ?? `${out}.bad.jsonl`,
    },
    ...{ onProgress, signal },
  });
  const inputs = await dataFiles(inputsOf(answers, read), signal);
  const { files, manifest, report } = await adaptBundle(bundle, loaded.data, options, {
    files: pathsOf(answers) ?? [IN_MEMORY],
    inputs,
    warnings: [...lostPolicy(bundle), ...loaded.warnings],
    created: new Date().toISOString(),
    versions: versions(),
    naming,
    plugins,
    madeBy: loaded.madeBy,
  });
  unlessAborted(signal);
  await writeBundle(out, files, manifest);
  return { bundle: out, report };
}
