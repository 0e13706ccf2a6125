import { basename } from 'node:path';
import { compare } from '../../metrics/compare.js';
import { metrics } from '../../metrics/list.js';
import type { Probabilities } from '../../models/numbers.js';
import type { Metrics } from '../../report/results.js';
import { pick } from '../../support/pick.js';
import type { Random } from '../../support/random.js';
import { sourceWarnings } from '../../train/bundle/facts.js';
import { knownNames } from '../../train/bundle/model-facts.js';
import { periodOf } from '../../train/bundle/period.js';
import type { CertifiedPatterns } from '../../train/certify/certify-patterns.js';
import type { ScoredRows } from '../../train/examine/score-rows.js';
import type { TrainOptions } from '../../train/options.js';
import type { FitAndCertify } from '../../train/prepare/fit-and-certify.js';
import type { TrainingData } from '../../train/prepare/training-data.js';
import type { AdaptedModel } from '../adapt-model.js';
import type { AdaptContext } from '../context.js';
import { crossedOf } from '../crossed.js';
import { adaptFacts } from '../facts.js';
import type { AdaptationReport } from './results.js';

interface AdaptationReportOptions {
  data: TrainingData;
  parts: FitAndCertify;
  adapted: AdaptedModel;
  held: { before: ScoredRows; after: ScoredRows };
  certified: CertifiedPatterns;
  from: string;
  options: TrainOptions;
  context: AdaptContext;
  random: Random;
}

/** Measures the bundle before and after on the same answers, with paired intervals by question. */
export function adaptationReport({
  data,
  parts,
  adapted,
  held,
  certified: { thresholds },
  from,
  options,
  context,
  random,
}: AdaptationReportOptions): AdaptationReport {
  const isHeld = parts.certify.length > 0;
  const { rows, before, after } = isHeld
    ? { rows: parts.certify, before: held.before.probability, after: held.after.probability }
    : crossValidated(parts, adapted);
  const answers = {
    label: pick(data.y, rows),
    weight: pick(data.w, rows),
    group: rows.map((row) => data.group[row]),
    slice: rows.map((row) => data.slice[row]),
  };
  const compared = compare({
    metrics,
    answers,
    predictors: { before, after },
    reference: 'after',
    random,
    options: { resamples: options.resamples },
  });
  return {
    created: context.created,
    versions: context.versions,
    seed: options.seed,
    options,
    from,
    files: context.files.map((file) => basename(file)),
    fingerprint: data.fingerprint,
    period: periodOf(data.time),
    inputs: context.inputs,
    tasks: knownNames(
      data.task,
      Int32Array.from({ length: data.n }, (_, i) => i),
    ),
    models: knownNames(
      data.model,
      Int32Array.from({ length: data.n }, (_, i) => i),
    ),
    warnings: [...context.warnings, ...sourceWarnings(data)],
    sources: data.sources,
    adapted: adaptFacts(data, parts, adapted),
    measuredOn: {
      how: isHeld ? 'held' : 'cross-validated',
      answers: rows.length,
      groups: new Set(answers.group).size,
    },
    before: { metrics: compared.metrics['before'] as Metrics },
    test: { metrics: compared.metrics['after'] as Metrics },
    differences: compared.differences['before'],
    thresholds,
  };
}

/** The rows that were used to adapt, with their probabilities before, and after (cross-validated). */
function crossValidated(
  { fit }: FitAndCertify,
  adapted: AdaptedModel,
): { rows: Int32Array; before: Probabilities; after: Probabilities } {
  const { before, crossed } = crossedOf(fit, adapted);
  const places = Int32Array.from(fit.keys()).filter((i) => !Number.isNaN(crossed[i]));
  return { rows: places.map((i) => fit[i]), before: pick(before, places), after: pick(crossed, places) };
}
