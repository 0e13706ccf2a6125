import type { AdaptedModel } from '../adapt/adapt-model.js';
import { crossedOf } from '../adapt/crossed.js';
import { logLossOf } from '../metrics/proper/log-loss.js';
import type { Probabilities } from '../models/numbers.js';
import { minOf } from '../support/extremes.js';
import { clusteredMean } from '../train/choose/select.js';
import type { TrainingData } from '../train/prepare/training-data.js';
import { CHANGES, type ChangeMade } from './change.js';

/** A change's standing: log-loss on questions that its fit has not seen, and its paired difference from the best. */
export interface ChangeCandidate {
  change: ChangeMade;
  logLoss: number;
  difference: number;
  standardError: number;
  chosen: boolean;
}

/** The cross-validated probabilities of a changed model; where it was not changed, those of the version in service. */
export function crossedBy(model: AdaptedModel, fit: Int32Array, before: Probabilities): Probabilities {
  return crossedOf(fit, model).crossed.map((p, i) => (Number.isNaN(p) ? before[i] : p));
}

/**
 * Compares changes by the log-loss of their cross-validated probabilities on the fit part. Chosen is the smallest change
 * whose loss is within one standard error of the best one's, where the error is that of the paired difference, by
 * question. `threshold` does not change a probability, so it is not among them.
 */
export function compareChanges(
  data: TrainingData,
  fit: Int32Array,
  crossed: ReadonlyMap<ChangeMade, Probabilities>,
): ChangeCandidate[] {
  const names = CHANGES.filter((change) => crossed.has(change));
  const losses = names.map((change) => crossed.get(change)!.map((p, i) => logLossOf(p, data.y[fit[i]])));
  const means = losses.map((loss) => clusteredMean(data, fit, loss).mean);
  const best = means.indexOf(minOf(means));
  const candidates = names.map((change, k): ChangeCandidate => {
    const gap = losses[k].map((loss, i) => loss - losses[best][i]);
    const { mean, error } = clusteredMean(data, fit, gap);
    return { change, logLoss: means[k], difference: mean, standardError: error, chosen: false };
  });
  candidates.find(({ difference, standardError }) => difference <= standardError)!.chosen = true;
  return candidates;
}
