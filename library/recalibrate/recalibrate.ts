import { namingOn } from '../../data/naming.js';
import { type AnswerSource, IN_MEMORY, pathsOf } from '../../data/read/answer-source.js';
import { annotateFor } from '../../meaning/annotate-for.js';
import type { Annotator } from '../../meaning/annotator.js';
import { checkEncoders } from '../../models/bundle/check-encoders.js';
import { lostPolicy } from '../../scorer/policy/lost-policy.js';
import { unlessAborted } from '../../support/unless-aborted.js';
import { versions as versionsOfLibraries } from '../../support/versions.js';
import { dataFiles } from '../data-files.js';
import { noteEncoders, withEncoders } from '../encoders.js';
import { loadAnswers } from '../load-answers.js';
import { inputsOf, namedFiles, onlyKnown, splitReading } from '../read-settings.js';
import { labelSources } from './label-sources.js';
import { madeVersion, type RecalibrateResult } from './made-version.js';
import { openVersion } from './open-version.js';
import { checkPlaces, type RecalibrateOptions, recalibrateNames } from './recalibrate-options.js';
import { trainingAnew } from './training-anew.js';

/**
 * Makes the smallest change to a bundle that repairs it on fresh, labelled answers, compares it with the version in
 * service on questions that it has not seen, and certifies it again. It is written only if it is not worse. Errors:
 * those of opening a bundle and of reading; TOO_FEW_LABELS with the number that is needed, ONE_CLASS, NO_LABELS;
 * VERSIONS_BAD; INTERRUPTED.
 */
export function recalibrate(answers: AnswerSource, options: RecalibrateOptions): Promise<RecalibrateResult> {
  return withEncoders(options.encoders, (annotator) => recalibrateWith(answers, options, annotator));
}

async function recalibrateWith(
  answers: AnswerSource,
  given: RecalibrateOptions,
  annotator: Annotator | undefined,
): Promise<RecalibrateResult> {
  const { read, rest } = splitReading(given);
  onlyKnown(rest, recalibrateNames);
  checkPlaces(given);
  const { withTraining, signal } = rest;
  const before = withTraining === undefined ? [] : (pathsOf(withTraining) ?? []);
  const opened = await openVersion(given, [...namedFiles(answers, read, rest.plugins), ...before]);
  const { bundle, plugins, rules, asked, options, aside } = opened;
  const { manifest } = bundle;
  checkEncoders(manifest, annotator?.encoders ?? [], bundle.dir);
  noteEncoders(manifest, annotator, rest.onNote);
  unlessAborted(signal);
  const { scorerOf } = await import('../../scorer/open.js');
  const { topK, words = null, embeddings = null } = manifest.signals;
  const naming = namingOn(manifest.naming, read.naming);
  const annotate = annotateFor(manifest.encoders, annotator);
  const reading = { ...read, naming, annotate, groupBy: options.groupBy, mergeNear: options.mergeNear };
  const loaded = await loadAnswers(answers, {
    ...{ read: reading, topK, words, vectors: embeddings, plugins, badFile: aside },
    ...{ onProgress: rest.onProgress, signal },
  });
  const { data } = loaded;
  const context = {
    files: pathsOf(answers) ?? [IN_MEMORY],
    inputs: await dataFiles(inputsOf(answers, read), signal),
    warnings: [...lostPolicy(bundle), ...loaded.warnings],
    created: new Date().toISOString(),
    versions: versionsOfLibraries(),
    ...{ naming, plugins, madeBy: loaded.madeBy },
  };
  const scorer = () => scorerOf(bundle.files.get('model.onnx')!, manifest, { plugins });
  const sources = await labelSources({ answers, reading, data, rules, scorer });
  if (withTraining === undefined) return madeVersion(opened, { data, sources, context }, rest);
  const place = rest.out ?? rest.versions ?? bundle.dir;
  const whole = trainingAnew(
    { before: withTraining, fresh: answers },
    { bundle, given: asked, reading, plugins, badFile: aside, run: rest, context, place },
  );
  return madeVersion(opened, { data, sources, context, whole }, rest);
}
