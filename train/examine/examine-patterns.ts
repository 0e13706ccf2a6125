import { compare } from '../../metrics/compare.js';
import { logLossMetric } from '../../metrics/proper/log-loss.js';
import { aurocMetric } from '../../metrics/ranking/auroc.js';
import { aurocWithinMetric } from '../../metrics/ranking/auroc-within.js';
import type { Manifest } from '../../models/bundle/manifest.js';
import type { PatternStanding } from '../../report/results.js';
import { pick } from '../../support/pick.js';
import type { Random } from '../../support/random.js';
import type { FittedPredictor } from '../choose/fit-predictor.js';
import type { TrainOptions } from '../options.js';
import type { TrainingData } from '../prepare/training-data.js';
import { decisionsOf } from './decisions.js';
import { asIfOnly, type HiddenPattern, type ScoredRows } from './score-rows.js';

interface ExaminePatternsOptions {
  manifest: Pick<Manifest, 'thresholds' | 'decisions' | 'data'>;
  data: TrainingData;
  certify: Int32Array;
  main: FittedPredictor;
  all: ScoredRows;
  hidden: HiddenPattern[];
  options: TrainOptions;
  random: Random;
}

/**
 * The cost of scoring with fewer signals: for each pattern with its own predictor, the certify rows with the other
 * groups of signals hidden, paired with the same rows with all recorded signals. All recorded signals come first in the
 * list.
 */
export function examinePatterns({
  manifest,
  data,
  certify,
  main,
  all,
  hidden,
  options: { resamples },
  random,
}: ExaminePatternsOptions): PatternStanding[] {
  if (hidden.length === 0) return [];
  const place = new Map(Array.from(certify, (row, i) => [row, i]));
  const standing = (
    pattern: string,
    { learners, calibration }: FittedPredictor,
    rows: Int32Array,
    own: ScoredRows,
  ): PatternStanding => {
    const at = rows.map((row) => place.get(row)!);
    const full = { probability: pick(all.probability, at), decided: pick(all.decided, at) };
    const answers = {
      label: pick(data.y, rows),
      weight: pick(data.w, rows),
      group: rows.map((row) => data.group[row]),
      slice: rows.map((row) => data.slice[row]),
    };
    const predictors = { own: own.probability, full: full.probability };
    const { metrics, differences } = compare({
      metrics: wanted,
      answers,
      predictors,
      reference: 'own',
      random,
      options: { resamples },
    });
    const seen = asIfOnly(data, pattern);
    const before = decisionsOf(manifest, seen, rows, own);
    const after = decisionsOf(manifest, data, rows, full);
    const both = before.flatMap((one, i) => (one.why !== null || after[i].why !== null ? [] : [i]));
    const changed = both.filter((i) => before[i].decision !== after[i].decision).length;
    return {
      pattern,
      learner: learners.find(({ chosen }) => chosen)!.name,
      calibrator: calibration.calibration.name,
      rows: rows.length,
      logLoss: metrics.own.logLoss,
      auroc: metrics.own.auroc,
      aurocWithin: metrics.own.aurocWithin,
      cost: differences.full.logLoss,
      claim: claimOf(manifest, pattern),
      decisionsChanged: both.length === 0 ? null : changed / both.length,
    };
  };
  const natural = [...new Set(Array.from(certify, (row) => data.pattern[row]))];
  const widest = natural.reduce((a, b) => (b.length > a.length ? b : a));
  return [
    standing(widest, main, certify, all),
    ...hidden.map(({ fittedPattern, rows, scored }) =>
      standing(fittedPattern.pattern, fittedPattern.fitted, rows, scored),
    ),
  ];
}

/** The claim for a pattern as a whole. */
function claimOf({ thresholds }: Pick<Manifest, 'thresholds'>, wanted: string): PatternStanding['claim'] {
  const found = thresholds.find(({ pattern, slice }) => pattern === wanted && slice == null);
  if (found === undefined) return null;
  const { threshold, coverage, error, alpha, basis } = found;
  return { threshold, coverage, error, alpha, basis };
}

const wanted = [logLossMetric, aurocMetric, aurocWithinMetric];
