import { openAdaptation } from '../adapt/adaptation.js';
import type { AdaptContext } from '../adapt/context.js';
import type { Manifest } from '../models/bundle/manifest.js';
import type { Bundle } from '../models/bundle/read.js';
import { SEEN_FILE, seenIn } from '../models/bundle/seen.js';
import type { BundleFiles } from '../models/bundle/write.js';
import { random } from '../support/random.js';
import { certifiesCrossed } from '../train/certify/certify-how.js';
import { scoreRows } from '../train/examine/score-rows.js';
import type { TrainOptions } from '../train/options.js';
import { checkLabelled } from '../train/prepare/gate.js';
import type { TrainingData } from '../train/prepare/training-data.js';
import { withoutSeen } from '../train/prepare/without-seen.js';
import { chooseOn } from './choose-on.js';
import { foldChanges } from './fold-changes.js';
import type { LabelSources } from './labels/kinds.js';
import { weighed } from './labels/weighed.js';
import { make } from './make.js';
import { freshParts } from './parts.js';
import { reportOf } from './report/data.js';
import type { RecalibrationReport } from './report/results.js';
import type { RecalibrateRules } from './rules.js';
import type { TrainAnew } from './try-changes.js';
import { judgedBy } from './validate.js';

export interface Recalibrating {
  bundle: Bundle;
  /** The fresh answers, read as the version in service reads them. */
  collected: TrainingData;
  sources: LabelSources;
  rules: RecalibrateRules;
  options: TrainOptions;
  context: AdaptContext;
  /** Trains anew on old and fresh answers; absent if the old ones were not given. */
  whole?: TrainAnew;
}

export interface Recalibrated {
  report: RecalibrationReport;
  /** The new version; null if nothing is changed. */
  bundle: { files: BundleFiles; manifest: Omit<Manifest, 'files'> } | null;
}

/**
 * Makes the smallest change to a bundle that repairs it on fresh answers. A part of the questions chooses the change and
 * fits it; the others compare the new version with the one in service, and certify it. Under nested cross-fitting all
 * questions do both, and each is judged by a change that was chosen and fitted without its fold. Errors: the codes of `checkData`;
 * TOO_FEW_LABELS with the number of labels that is needed; BUNDLE_BAD.
 */
export async function recalibrateBundle(given: Recalibrating): Promise<Recalibrated> {
  const { bundle, collected, sources, rules, options, context } = given;
  checkLabelled(collected);
  const seed = random(rules.seed);
  const { data: unseen, left } = withoutSeen(collected, seenIn(bundle.files.get(SEEN_FILE)));
  const labelled = weighed(unseen, sources);
  const fresh = freshParts(labelled, rules, seed.fork('parts'), foldsFor(given));
  const adaptation = await openAdaptation(bundle, fresh.data, options, context);
  try {
    const { trained, data, matrix } = adaptation;
    const inService = await scoreRows(trained, data, matrix, Int32Array.from(data.y.keys()));
    const used = new Set(fresh.data.ids);
    const unused = new Set(collected.ids.filter((id) => !used.has(id)));
    const choosing = { adaptation, rules, fresh, inService, unused, whole: given.whole };
    const { tried, candidates, promises, choice } = await chooseOn(choosing);
    const isNested = fresh.fold !== null && choice.change !== 'none';
    const nested = isNested ? await foldChanges(choice.change, choosing, fresh.fold!) : null;
    const made = await make(choice.change, { adaptation, fresh, tried, folds: nested?.folds });
    const judged = await judgedBy({ adaptation, fresh, made, random: seed.fork('validate') });
    const report = reportOf({
      ...{ bundle, labelled, collected, fresh, left, sources, rules, options, context },
      ...{ candidates, choice, promises, judged },
      foldChoices: nested?.chosen ?? [],
      thresholds: made === null ? [] : made.thresholds,
    });
    return { report, bundle: made };
  } finally {
    await adaptation.trained.close();
  }
}

/** In how many folds so many questions fit and certify; null: they are split. Error: BAD_USAGE. */
function foldsFor({ rules: { certify }, options, whole }: Recalibrating): (questions: number) => number | null {
  const how = { ...options, certify: whole === undefined ? certify : 'split', refit: 'never', split: 'group' } as const;
  return (groupCount) => (certifiesCrossed({ groupCount }, how) ? options.folds : null);
}
