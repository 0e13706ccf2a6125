import { basename } from 'node:path';
import { compare } from '../../metrics/compare.js';
import { metrics } from '../../metrics/list.js';
import type { Manifest } from '../../models/bundle/manifest.js';
import type { Probabilities } from '../../models/numbers.js';
import type { Metrics, Mistakes } from '../../report/results.js';
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
import type { Change } from '../change.js';
import type { AdaptContext } from '../context.js';
import { adaptFacts } from '../facts.js';
import type { HeldOut } from '../held-out.js';
import { decidedAnswers } from './decided.js';
import type { AdaptationReport } from './results.js';

interface AdaptationReportOptions {
  data: TrainingData;
  parts: FitAndCertify;
  change: Change;
  adapted: AdaptedModel;
  /** Scores of all answers, by the bundle before and by the adapted one; with folds, each by the predictor of its fold. */
  scored: { before: ScoredRows; after: ScoredRows };
  /** The answers that are measured. */
  held: HeldOut;
  manifests: { before: Manifest; after: Manifest };
  /** The most confident mistakes on `rows`, which have these probabilities. */
  mistakesOn: (rows: Int32Array, probability: Probabilities) => Mistakes;
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
  change,
  adapted,
  scored,
  held,
  manifests,
  mistakesOn,
  certified: { thresholds },
  from,
  options,
  context,
  random,
}: AdaptationReportOptions): AdaptationReport {
  const { how, folds, rows, before, after } = held;
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
    adapted: adaptFacts(data, parts, adapted, change),
    measuredOn: {
      how,
      ...(folds === undefined ? {} : { folds }),
      answers: rows.length,
      groups: new Set(answers.group).size,
    },
    before: { metrics: compared.metrics['before'] as Metrics },
    test: { metrics: compared.metrics['after'] as Metrics },
    differences: compared.differences['before'],
    thresholds,
    decisions: {
      before: decidedAnswers(manifests.before, data, rows, picked(scored.before, rows)),
      after: decidedAnswers(manifests.after, data, rows, picked(scored.after, rows)),
    },
    mistakes: mistakesOn(rows, after),
  };
}

function picked({ probability, decided }: ScoredRows, rows: Int32Array): Pick<ScoredRows, 'probability' | 'decided'> {
  return { probability: pick(probability, rows), decided: pick(decided, rows) };
}
