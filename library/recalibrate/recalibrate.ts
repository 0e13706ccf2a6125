import { join } from 'node:path';
import { namingOn } from '../../data/naming.js';
import { type AnswerSource, IN_MEMORY, pathsOf } from '../../data/read/answer-source.js';
import { annotateFor } from '../../meaning/annotate-for.js';
import type { Annotator } from '../../meaning/annotator.js';
import { checkEncoders } from '../../models/bundle/check-encoders.js';
import { checkTarget, writeBundle } from '../../models/bundle/write.js';
import type { RecalibrationReport } from '../../recalibrate/report/results.js';
import { recalibrateRules } from '../../recalibrate/rules.js';
import { writeAtomic } from '../../support/atomic.js';
import { refuseOutputs } from '../../support/folder/same-place.js';
import { openPlugins } from '../../support/plugins/open-plugins.js';
import { unlessAborted } from '../../support/unless-aborted.js';
import { versions as versionsOfLibraries } from '../../support/versions.js';
import type { TrainOptions } from '../../train/options.js';
import type { ListedVersion } from '../../versions/list.js';
import { dataFiles } from '../data-files.js';
import { noteEncoders, withEncoders } from '../encoders.js';
import { loadAnswers } from '../load-answers.js';
import { inputsOf, namedFiles, onlyKnown, splitReading } from '../read-settings.js';
import { labelSources } from './label-sources.js';
import { checkPlaces, type RecalibrateOptions, recalibrateNames } from './recalibrate-options.js';
import { trainingAnew } from './training-anew.js';

/** The result of `recalibrate`. */
export interface RecalibrateResult {
  report: RecalibrationReport;
  /** Folder of the new version; null if none was written. */
  bundle: string | null;
  /**
   * Its number in the folder of versions, and whether it is in service; null if it was not added to one. `isNew` is
   * false if an earlier recalibration made the same bundle from the same answers.
   */
  version: { number: number; state: ListedVersion['state']; isNew: boolean } | null;
}

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
  const { read, badFile, rest } = splitReading(given);
  onlyKnown(rest, recalibrateNames);
  checkPlaces(given);
  const rules = recalibrateRules(rest);
  const { versions, out, promote = false, note, dryRun = false, report: page, withTraining, signal } = rest;
  const model = rest.model ?? join(versions!, 'current');
  const plugins = await openPlugins(rest.plugins);
  const { verifiedBundle } = await import('../../scorer/verified-bundle.js');
  const bundle = await verifiedBundle(model, { digest: rest.digest, trusted: rest.trusted }, plugins);
  checkEncoders(bundle.manifest, annotator?.encoders ?? [], model);
  noteEncoders(bundle.manifest, annotator, rest.onNote);
  const aside = badFile ?? `${(out ?? versions ?? model).replace(/\/+$/, '')}.bad.jsonl`;
  const before = withTraining === undefined ? [] : (pathsOf(withTraining) ?? []);
  const inputs = [...namedFiles(answers, read, rest.plugins), ...before];
  await refuseOutputs(
    [
      ['out', out],
      ['report', page],
      ['badFile', aside],
    ],
    { inputs, folders: [model] },
  );
  if (out !== undefined) await checkTarget(out);
  unlessAborted(signal);
  const { keptOptions } = await import('../../adapt/kept-options.js');
  const { recalibrateBundle } = await import('../../recalibrate/recalibrate.js');
  const { scorerOf } = await import('../../scorer/open.js');
  const { groupBy, mergeNear } = read;
  const asked: Partial<TrainOptions> = {
    ...{ targetError: rest.targetError, confidence: rest.confidence, seed: rules.seed, allowLeak: rest.allowLeak },
    ...{ groupBy, mergeNear },
  };
  const options = keptOptions(bundle.manifest.options, asked);
  const { topK, words = null, embeddings = null } = bundle.manifest.signals;
  const naming = namingOn(bundle.manifest.naming, read.naming);
  const annotate = annotateFor(bundle.manifest.encoders, annotator);
  const reading = { ...read, naming, annotate, groupBy: options.groupBy, mergeNear: options.mergeNear };
  const loaded = await loadAnswers(answers, {
    ...{ read: reading, topK, words, vectors: embeddings, plugins, badFile: aside },
    ...{ onProgress: rest.onProgress, signal },
  });
  const context = {
    files: pathsOf(answers) ?? [IN_MEMORY],
    inputs: await dataFiles(inputsOf(answers, read), signal),
    warnings: loaded.warnings,
    created: new Date().toISOString(),
    versions: versionsOfLibraries(),
    ...{ naming, plugins, madeBy: loaded.madeBy },
  };
  const scorer = () => scorerOf(bundle.files.get('model.onnx')!, bundle.manifest, { plugins });
  const sources = await labelSources({ answers, reading, data: loaded.data, rules, scorer });
  const { report, bundle: made } = await recalibrateBundle({
    ...{ bundle, collected: loaded.data, sources, rules, options, context },
    ...(withTraining === undefined
      ? {}
      : {
          whole: trainingAnew(
            { before: withTraining, fresh: answers },
            {
              bundle,
              given: asked,
              reading,
              plugins,
              badFile: aside,
              run: rest,
              context,
              place: out ?? versions ?? model,
            },
          ),
        }),
  });
  unlessAborted(signal);
  if (page !== undefined) {
    const { recalibrationHtml } = await import('../../recalibrate/report/html.js');
    await writeAtomic(page, recalibrationHtml(report));
  }
  if (made === null || !report.ships || dryRun) return { report, bundle: null, version: null };
  if (versions === undefined) {
    await writeBundle(out!, made.files, made.manifest);
    return { report, bundle: out!, version: null };
  }
  const { addVersion } = await import('../../versions/add.js');
  const { listVersions } = await import('../../versions/list.js');
  const { version, isNew } = await addVersion(versions, (folder) => writeBundle(folder, made.files, made.manifest), {
    ...{ how: `recalibrated: ${report.chosen}`, parent: bundle.digest, answers: report.fingerprint, note, promote },
    time: context.created,
  });
  const { number } = version;
  const { state } = (await listVersions(versions)).find((each) => each.number === number)!;
  return { report, bundle: join(versions, String(number)), version: { number, state, isNew } };
}
