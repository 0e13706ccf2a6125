import type { Probabilities } from '../../models/numbers.js';
import type { FitAndCertify } from '../prepare/fit-and-certify.js';
import type { TrainingData } from '../prepare/training-data.js';
import { type CertifyTrial, type ClaimSubject, scoredRows } from './certify-patterns.js';
import { certifyClaim } from './claim.js';
import { certifyCrossed } from './crossed.js';

/**
 * A row that gets no decision, because it is shifted or not covered, has the probability NaN and belongs to no claim.
 */
interface SplitOf {
  data: TrainingData;
  parts: FitAndCertify;
  /** Out-of-fold probabilities of the fit rows. */
  before: Probabilities;
  /** The shipped scorer's probabilities of the certify rows. */
  probability: Probabilities;
}

/**
 * A separate part of the questions certifies: candidates and bets come from `before`; the test uses `probability` once.
 */
export function splitTrial({ data, parts, before, probability }: SplitOf): CertifyTrial {
  const tested = ({ certify }: ClaimSubject) => scoredRows(data, parts.certify, probability, certify);
  return {
    parts,
    guarantee: 'finite-sample',
    method: 'betting on sums by question, fixed sequence',
    share: ({ certifyShare, certifyShareSmall }) => ({ certifyShare, certifyShareSmall }),
    certify: (subject, wanted, random) =>
      certifyClaim(scoredRows(data, parts.fit, before, subject.fit), tested(subject), wanted, random),
    tested,
  };
}

/** Nested cross-fitting on `rows`. Probabilities are in the order of `rows`; NaN if a row gets no decision. */
interface CrossedOf {
  data: TrainingData;
  rows: Int32Array;
  /** Fold of each row. */
  fold: Int32Array;
  /** The probability of each row from its own fold's predictor, which has not seen its question. */
  heldOut: Probabilities;
  /**
   * For each fold: its number, and its predictor's out-of-fold probabilities of its training rows (NaN for other rows).
   */
  folds: readonly { fold: number; before: Probabilities }[];
  /** Out-of-fold probabilities of the predictor that ships. */
  shipped: Probabilities;
}

/** All questions train and certify. */
export function crossedTrial({ data, rows, fold, heldOut, folds, shipped }: CrossedOf): CertifyTrial {
  const scored = (p: Probabilities, places: Int32Array) => scoredRows(data, rows, p, places);
  return {
    parts: { fit: rows, certify: rows },
    guarantee: 'asymptotic',
    method:
      'nested cross-fitting, binomial test on an effective number of trials, fixed sequence; the shipped predictor ' +
      'has the ' +
      'threshold at which it accepts the same share',
    share: () => ({ certifyShare: 1, certifyShareSmall: 1 }),
    certify: ({ fit }, wanted, random) =>
      certifyCrossed(
        {
          folds: folds.map(({ fold: k, before }) => ({
            before: scored(
              before,
              fit.filter((i) => fold[i] !== k),
            ),
            heldOut: scored(
              heldOut,
              fit.filter((i) => fold[i] === k),
            ),
          })),
          shipped: scored(shipped, fit),
        },
        wanted,
        random,
      ),
    tested: ({ certify }) => scored(heldOut, certify),
  };
}
