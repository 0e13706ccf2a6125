import type { Probabilities } from '../models/numbers.js';
import { pick } from '../support/pick.js';
import type { FitAndCertify } from '../train/prepare/fit-and-certify.js';
import type { AdaptedModel } from './adapt-model.js';
import { crossedOf } from './crossed.js';
import type { Nested } from './nested/said-by-folds.js';

/** Probabilities of answers by predictors that were not fitted to them, before and after the adaptation. */
export interface HeldOut {
  how: 'held' | 'cross-validated' | 'nested';
  /** With `nested`: the number of predictors. */
  folds?: number;
  rows: Int32Array;
  before: Probabilities;
  after: Probabilities;
}

/**
 * The answers that only certify; if there are none, those that adapted, with cross-validated probabilities. `scored` has
 * the probabilities of all answers.
 */
export function heldOut(
  { fit, certify }: FitAndCertify,
  model: Pick<AdaptedModel, 'adapted' | 'served'>,
  scored: { before: Probabilities; after: Probabilities },
): HeldOut {
  if (certify.length > 0) {
    return { how: 'held', rows: certify, before: pick(scored.before, certify), after: pick(scored.after, certify) };
  }
  const { before, crossed } = crossedOf(fit, model);
  const places = Int32Array.from(fit.keys()).filter((i) => !Number.isNaN(crossed[i]));
  const rows = places.map((i) => fit[i]);
  return { how: 'cross-validated', rows, before: pick(before, places), after: pick(crossed, places) };
}

/** All answers, each by the predictor of its fold. Both probabilities are in the order of the rows. */
export function byFolds({ rows, folds }: Nested, { before, after }: Pick<HeldOut, 'before' | 'after'>): HeldOut {
  return { how: 'nested', folds: folds.length, rows, before, after };
}
