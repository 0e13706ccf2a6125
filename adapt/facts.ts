import { logit } from '../models/numbers.js';
import { pick } from '../support/pick.js';
import { rowLosses, weightedMean } from '../train/choose/select.js';
import type { FitAndCertify } from '../train/prepare/fit-and-certify.js';
import type { TrainingData } from '../train/prepare/training-data.js';
import type { AdaptedModel } from './adapt-model.js';
import type { AdaptedPredictor } from './adapt-predictor.js';
import type { Change } from './change.js';

/** How one predictor was changed; null means that a part was fixed as trained. */
export interface AdaptedFacts {
  /** The pattern that the predictor is for; null for the main predictor. */
  pattern: string | null;
  answers: number;
  right: number;
  /** Share of them that are like the training answers by the shift of the trained predictor. */
  familiar: number;
  /** logit' = intercept + slope·logit + weights·x; for the weights, their Euclidean length and their number. */
  intercept: number;
  slope: number;
  weights: { length: number; count: number };
  /** Log-loss on these answers: before, and after (cross-validated). */
  logLoss: { before: number; after: number };
  calibrator: string;
  pulls: {
    towards: string;
    intercept: number | null;
    slope: number | null;
    weights: number | null;
    eased: boolean;
    logLoss: number;
    share: number;
  }[];
}

export interface AdaptationFacts {
  /** What was changed; `adapt` if absent. */
  change?: Change;
  answers: number;
  groups: number;
  /** Numbers of answers that were used to adapt, and to certify. */
  fit: number;
  certify: number;
  predictors: AdaptedFacts[];
  /** Patterns whose predictor stays as it was trained, because it had too few labels. */
  left: string[];
}

/** What the manifest and the report state about an adaptation. */
export function adaptFacts(
  data: TrainingData,
  parts: FitAndCertify,
  { adapted, left }: AdaptedModel,
  change: Change,
): AdaptationFacts {
  return {
    ...(change === 'adapt' ? {} : { change }),
    answers: data.n,
    groups: data.groupCount,
    fit: parts.fit.length,
    certify: parts.certify.length,
    predictors: adapted.map((each) => predictorFacts(data, each)),
    left,
  };
}

function predictorFacts(data: TrainingData, adapted: AdaptedPredictor): AdaptedFacts {
  const { pattern, rows, familiar, correction, calibration, before, crossed, tried } = adapted;
  const lossOf = (p: Float64Array) => weightedMean(data, rows, rowLosses(data, rows, Float64Array.from(p, logit)));
  const finiteOrNull = (pull: number) => (Number.isFinite(pull) ? pull : null);
  return {
    pattern,
    answers: rows.length,
    right: weightedMean(data, rows, pick(data.y, rows)),
    familiar,
    intercept: correction.intercept,
    slope: correction.slope,
    weights: {
      length: Math.sqrt(correction.weights.reduce((sum, weight) => sum + weight * weight, 0)),
      count: correction.weights.length,
    },
    logLoss: { before: lossOf(before), after: lossOf(crossed) },
    calibrator: calibration.calibration.name,
    pulls: tried.map(({ centre, intercept, slope, weights, eased, logLoss, share }) => ({
      towards: centre === 1 ? 'trained' : 'nothing',
      intercept: finiteOrNull(intercept),
      slope: finiteOrNull(slope),
      weights: finiteOrNull(weights),
      eased,
      logLoss,
      share,
    })),
  };
}
