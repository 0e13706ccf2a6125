import { basename } from 'node:path';
import type { AdaptContext } from '../../adapt/context.js';
import { effectiveNumber } from '../../metrics/interval/effective-number.js';
import type { Bundle } from '../../models/bundle/read.js';
import type { CertifiedThreshold } from '../../report/results.js';
import { maxOf, minOf } from '../../support/extremes.js';
import { plural } from '../../support/words/plural.js';
import { sourceWarnings } from '../../train/bundle/facts.js';
import { foldsIn } from '../../train/choose/fold-places.js';
import type { TrainOptions } from '../../train/options.js';
import type { TrainingData } from '../../train/prepare/training-data.js';
import type { ChangeCandidate } from '../candidates.js';
import type { ChangeMade } from '../change.js';
import type { Choice } from '../choose-change.js';
import { biasNotes } from '../labels/bias-notes.js';
import type { LabelSources } from '../labels/kinds.js';
import type { Weighed } from '../labels/weighed.js';
import type { FreshParts } from '../parts.js';
import type { RecalibrateRules } from '../rules.js';
import { SHIPPING_RULE, shippingOf } from '../ships.js';
import type { JudgedVersions } from '../validate.js';
import type { RecalibrationReport } from './results.js';

/** Weights that differ by less are equal. */
const ROUNDING = 1e-9;

interface Found {
  bundle: Bundle;
  collected: TrainingData;
  labelled: Weighed;
  fresh: FreshParts;
  left: { answers: number };
  sources: LabelSources;
  rules: RecalibrateRules;
  options: TrainOptions;
  context: AdaptContext;
  candidates: ChangeCandidate[];
  choice: Choice;
  /** What each fold chose; none if nothing was made in folds. */
  foldChoices: readonly ChangeMade[];
  promises: RecalibrationReport['promises'];
  judged: JudgedVersions;
  thresholds: CertifiedThreshold[];
}

/** What a recalibration reports. */
export function reportOf(found: Found): RecalibrationReport {
  const { bundle, collected, labelled, fresh, left, sources, rules, options, context } = found;
  const { candidates, choice, foldChoices, promises, judged, thresholds } = found;
  const { data, parts, use, fold } = fresh;
  const drawn = labelled.isDrawn.filter(Boolean).length;
  const isClaimed = (claims: readonly { threshold: number | null }[]) => claims.some((each) => each.threshold !== null);
  const { ships, why } = shippingOf({
    ...{ change: choice.change, measures: judged.measures, use, allowFeedback: rules.allowFeedback },
    isCertified: isClaimed(thresholds),
    wasCertified: isClaimed(bundle.manifest.thresholds),
    isBroken: promises.some(({ verdict }) => verdict === 'broken'),
  });
  const sizeOf = (rows: Int32Array) => ({
    answers: rows.length,
    questions: new Set(rows.map((row) => data.group[row])).size,
  });
  const w = parts.fit.length === 0 ? data.w : Float64Array.from(parts.fit, (row) => data.w[row]);
  const mean = w.reduce((sum, each) => sum + each, 0) / w.length;
  return {
    created: context.created,
    versions: context.versions,
    seed: options.seed,
    from: bundle.digest,
    files: context.files.map((file) => basename(file)),
    inputs: context.inputs,
    fingerprint: data.fingerprint,
    labels: {
      ...{ drawn, feedback: labelled.isDrawn.length - drawn, use },
      unused: labelled.isDrawn.length - data.n,
      unlabelled: collected.unlabelled,
      seen: left.answers,
      effective: effectiveNumber(w),
      largest: maxOf(w) / mean,
      isWeighted: maxOf(data.w) > (1 + ROUNDING) * minOf(data.w),
    },
    parts: { fit: sizeOf(parts.fit), held: sizeOf(parts.certify) },
    certify: fold === null ? { how: 'split' } : { how: 'cross', folds: foldsIn(fold).length, chosen: [...foldChoices] },
    candidates,
    chosen: choice.change,
    why: choice.why,
    promises,
    ...judged,
    thresholds,
    rule: SHIPPING_RULE,
    ships,
    shipping: why,
    warnings: [
      ...context.warnings,
      ...sourceWarnings(data),
      ...biasNotes({ labelled, use, sources, rules }),
      ...(rules.certify === 'cross' && fold === null ? [SPLIT_ALL_THE_SAME] : []),
      ...cappedNotes(thresholds),
    ],
  };
}

const SPLIT_ALL_THE_SAME =
  'Certified by a split: nested cross-fitting (--certify cross) needs enough drawn labels, and no training anew.';

/** A note if a promise counts heavy questions for less than their weight. */
function cappedNotes(thresholds: readonly CertifiedThreshold[]): string[] {
  const most = maxOf([0, ...thresholds.map(({ threshold, capped }) => (threshold === null ? 0 : (capped ?? 0)))]);
  if (most === 0) return [];
  return [
    `In a promise, up to ${plural(most, 'question counts', 'questions count')} less than its weight, because the weights ` +
      'of the labels differ much. A larger --least-chance of vouch monitor avoids this.',
  ];
}
