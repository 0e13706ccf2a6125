import { join } from 'node:path';
import type { AdaptContext } from '../../adapt/context.js';
import { writeBundle } from '../../models/bundle/write.js';
import type { LabelSources } from '../../recalibrate/labels/kinds.js';
import type { RecalibrationReport } from '../../recalibrate/report/results.js';
import type { TrainAnew } from '../../recalibrate/try-changes.js';
import { writeAtomic } from '../../support/atomic.js';
import { unlessAborted } from '../../support/unless-aborted.js';
import type { TrainingData } from '../../train/prepare/training-data.js';
import type { ListedVersion } from '../../versions/list.js';
import type { OpenedVersion } from './open-version.js';
import type { RecalibrateOptions } from './recalibrate-options.js';

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

interface Fresh {
  data: TrainingData;
  sources: LabelSources;
  context: AdaptContext;
  /** Trains anew on old and fresh answers; absent if the old ones were not given. */
  whole?: TrainAnew;
}

/** Makes and checks the new version, and writes it if it ships. Errors: those of `recalibrateBundle` and of writing. */
export async function madeVersion(
  { bundle, rules, options }: OpenedVersion,
  { data, sources, context, whole }: Fresh,
  given: RecalibrateOptions,
): Promise<RecalibrateResult> {
  const { versions, out, promote = false, note, dryRun = false, report: page, signal } = given;
  const { recalibrateBundle } = await import('../../recalibrate/recalibrate.js');
  const { report, bundle: made } = await recalibrateBundle({
    ...{ bundle, collected: data, sources, rules, options, context },
    ...(whole === undefined ? {} : { whole }),
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
