import type { DecidedAnswers } from '../../adapt/report/results.js';
import type { ReliabilityBin } from '../../metrics/calibration/reliability.js';
import type { CurvePoint } from '../../metrics/calibration/reliability-curve.js';
import type { ComparedMeasure, PromiseVerdict } from '../../report/evaluation/results.js';
import type { CertifiedThreshold, DataFile } from '../../report/results.js';
import type { ChangeCandidate } from '../candidates.js';
import type { ChangeMade } from '../change.js';
import type { LabelUse } from '../parts.js';

/** The share of right answers by probability: in bins, and as a smooth curve with a pointwise 95% band. */
interface DrawnReliability {
  bins: ReliabilityBin[];
  curve: CurvePoint[];
}

/** What a recalibration found, chose and checked. */
export interface RecalibrationReport {
  created: string;
  versions: Record<string, string>;
  seed: number;
  /** SHA-256 of the manifest of the version in service. */
  from: string;
  files: string[];
  inputs?: DataFile[];
  /** SHA-256 over ids and labels of the answers that were used. */
  fingerprint: string;
  labels: {
    /** Labels of answers that chance drew, and feedback; and which of them were used for what. */
    drawn: number;
    feedback: number;
    use: LabelUse;
    /** Answers with a label that were not used, answers without one, answers to questions seen in training. */
    unused: number;
    unlabelled: number;
    seen: number;
    /** Effective number of labelled answers, as their weights are unequal (Kish). */
    effective: number;
    /** The largest weight, as a multiple of the mean one. */
    largest: number;
    /** Whether weights differ. Then all measures are weighted; the coverage of a claim is not. */
    isWeighted: boolean;
  };
  /** Under nested cross-fitting both are all answers. */
  parts: { fit: { answers: number; questions: number }; held: { answers: number; questions: number } };
  /** `cross`: each answer is judged by one of `folds` predictors that were made without it, and what each fold chose. */
  certify: { how: 'split' } | { how: 'cross'; folds: number; chosen: ChangeMade[] };
  /** Changes that were compared, by log-loss on questions that their fit has not seen. */
  candidates: ChangeCandidate[];
  chosen: ChangeMade;
  why: string;
  /** What the fit part says about the promises of the version in service. */
  promises: PromiseVerdict[];
  /** The new version (`ours`) and the one in service (`theirs`) on the held-out answers. */
  measures: ComparedMeasure[];
  decisions: { before: DecidedAnswers; after: DecidedAnswers };
  reliability: { before: DrawnReliability; after: DrawnReliability };
  /** Claims of the new version; those of the version in service if nothing is changed. */
  thresholds: CertifiedThreshold[];
  rule: string;
  ships: boolean;
  shipping: string;
  warnings: string[];
}
