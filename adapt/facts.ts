import { logit } from '../models/numbers.js';
import { pick } from '../support/pick.js';
import { rowLosses, weightedMean } from '../train/choose/select.js';
import type { FitAndCertify } from '../train/prepare/fit-and-certify.js';
import type { TrainingData } from '../train/prepare/training-data.js';
import type { AdaptedModel } from './adapt-model.js';
import type { AdaptedPredictor } from './adapt-predictor.js';

/** What was done to one predictor; null stands for a part that was held where it was. */
export interface AdaptedFacts {
  /** The pattern it serves; null for the main one. */
  pattern: string | null;
  answers: number;
  right: number;
  /** Share of them that the trained predictor counted as like those trained on. */
  familiar: number;
  /** logit' = intercept + slope·logit + weights·x; of the weights the Euclidean length, and how many there are. */
  intercept: number;
  slope: number;
  weights: { length: number; count: number };
  /** Log-loss on these answers before, and cross-validated after. */
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
  answers: number;
  groups: number;
  /** Answers that adapted, and that certified. */
  fit: number;
  certify: number;
  predictors: AdaptedFacts[];
  /** Patterns whose predictor stays as it was trained, for want of labels. */
  left: string[];
}

/** What the manifest and the report say of an adaptation. */
export function adaptFacts(data: TrainingData, parts: FitAndCertify, { adapted, left }: AdaptedModel): AdaptationFacts {
  return {
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
