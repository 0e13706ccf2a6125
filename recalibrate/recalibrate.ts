import { type Adaptation, openAdaptation } from '../adapt/adaptation.js';
import type { AdaptContext } from '../adapt/context.js';
import type { Manifest } from '../models/bundle/manifest.js';
import type { Bundle } from '../models/bundle/read.js';
import { SEEN_FILE, seenIn } from '../models/bundle/seen.js';
import type { BundleFiles } from '../models/bundle/write.js';
import { random } from '../support/random.js';
import { decisionsOf } from '../train/examine/decisions.js';
import { type ScoredRows, scoreRows } from '../train/examine/score-rows.js';
import type { TrainOptions } from '../train/options.js';
import { checkLabelled } from '../train/prepare/gate.js';
import { pickRows } from '../train/prepare/pick-rows.js';
import type { TrainingData } from '../train/prepare/training-data.js';
import { withoutSeen } from '../train/prepare/without-seen.js';
import { verdictsOf } from '../train/verdict/verdicts.js';
import { compareChanges } from './candidates.js';
import { chosenChange } from './choose-change.js';
import type { LabelSources } from './labels/kinds.js';
import { weighed } from './labels/weighed.js';
import { make } from './make.js';
import { type FreshParts, freshParts } from './parts.js';
import { reportOf } from './report/data.js';
import type { RecalibrationReport } from './report/results.js';
import type { RecalibrateRules } from './rules.js';
import { type TrainAnew, triedChanges } from './try-changes.js';
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
 * fits it; the others compare the new version with the one in service, and certify it. Errors: the codes of `checkData`;
 * TOO_FEW_LABELS with the number of labels that is needed; BUNDLE_BAD.
 */
export async function recalibrateBundle(given: Recalibrating): Promise<Recalibrated> {
  const { bundle, collected, sources, rules, options, context } = given;
  checkLabelled(collected);
  const seed = random(rules.seed);
  const { data: unseen, left } = withoutSeen(collected, seenIn(bundle.files.get(SEEN_FILE)));
  const labelled = weighed(unseen, sources);
  const fresh = freshParts(labelled, rules, seed.fork('parts'));
  const adaptation = await openAdaptation(bundle, fresh.data, options, context);
  try {
    const { parts, use } = fresh;
    const scored = await scoreRows(adaptation.trained, adaptation.data, adaptation.matrix, parts.fit);
    const used = new Set(fresh.data.ids);
    const unused = new Set(collected.ids.filter((id) => !used.has(id)));
    const tried = await triedChanges(given.whole, { fresh, unused, adaptation, before: scored.probability });
    const candidates = compareChanges(adaptation.data, parts.fit, tried.crossed);
    const promises = promisesOn(adaptation, fresh, scored);
    const choice = chosenChange(rules.change, { candidates, promises, use, claims: bundle.manifest.thresholds });
    const made = await make(choice.change, { adaptation, fresh, tried });
    const judged = await judgedBy({ adaptation, fresh, made, random: seed.fork('validate') });
    const report = reportOf({
      ...{ bundle, labelled, collected, fresh, left, sources, rules, options, context },
      ...{ candidates, choice, promises, judged },
      thresholds: made === null ? [] : made.thresholds,
    });
    return { report, bundle: made };
  } finally {
    await adaptation.trained.close();
  }
}

/** What the fit part says about the promises; nothing if its labels are feedback, which may depend on the outcome. */
function promisesOn({ bundle, data }: Adaptation, { parts, use }: FreshParts, scored: ScoredRows) {
  if (use !== 'drawn') return [];
  const decided = decisionsOf(bundle.manifest, data, parts.fit, scored);
  return verdictsOf(bundle.manifest, pickRows(data, parts.fit), decided);
}
