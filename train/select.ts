import { type Logits, logLossOfLogit } from '../models/numbers.js';
import type { TrainingData } from './data.js';
import { complexity, isSimple } from './learner.js';
import type { LearnerName } from './options.js';

/** A candidate's standing: out-of-fold log-loss, and its paired difference from the best with a clustered standard error. */
export interface Candidate {
  name: LearnerName;
  logLoss: number;
  difference: number;
  standardError: number;
  chosen: boolean;
}

/** Below so many questions a base rate or one signal may win by being simpler; from here on only by the least loss. */
export const SMALL = 600;

/**
 * Chooses among learners by out-of-fold log-loss: the simplest whose loss is within one standard error of the best one's,
 * where the error is that of the *paired* difference, clustered by question (the marginal one is 10 times wider).
 */
export function selectLearner(
  data: TrainingData,
  rows: Int32Array,
  fitted: ReadonlyMap<LearnerName, { logits: Logits }>,
): Candidate[] {
  const losses = new Map<LearnerName, Float64Array>();
  for (const [name, { logits }] of fitted) losses.set(name, rowLosses(data, rows, logits));
  const mean = (loss: Float64Array) => weightedMean(data, rows, loss);
  const names = [...fitted.keys()].sort((a, b) => complexity[a] - complexity[b]);
  const best = names.reduce((a, b) => (mean(losses.get(b)!) < mean(losses.get(a)!) ? b : a));
  const candidates = names.map((name) => {
    const difference = losses.get(name)!.map((loss, i) => loss - losses.get(best)![i]);
    const { mean: gap, error } = clusteredMean(data, rows, difference);
    return { name, logLoss: mean(losses.get(name)!), difference: gap, standardError: error, chosen: false };
  });
  const isSmall = new Set(rows.map((row) => data.group[row])).size < SMALL;
  const chosen = candidates.find(({ name, difference, standardError }) =>
    isSimple(name) && !isSmall ? difference === 0 : difference <= standardError,
  ) as Candidate;
  chosen.chosen = true;
  return candidates;
}

/** Log-loss of each row in nats. */
export function rowLosses(data: TrainingData, rows: Int32Array, logits: Logits): Float64Array {
  return Float64Array.from(rows, (row, i) => logLossOfLogit(logits[i], data.y[row]));
}

/** Weighted mean over rows and its standard error with rows of a question as one cluster (sum of squared group residuals). */
export function clusteredMean(
  data: TrainingData,
  rows: Int32Array,
  values: Float64Array,
): { mean: number; error: number } {
  const mean = weightedMean(data, rows, values);
  const sums = new Map<number, number>();
  let weight = 0;
  rows.forEach((row, i) => {
    sums.set(data.group[row], (sums.get(data.group[row]) ?? 0) + data.w[row] * (values[i] - mean));
    weight += data.w[row];
  });
  let square = 0;
  for (const sum of sums.values()) square += sum * sum;
  const g = sums.size;
  return { mean, error: g > 1 ? Math.sqrt((square * g) / (g - 1)) / weight : Number.POSITIVE_INFINITY };
}

/** Weighted mean of `values`, one for each of `rows`. */
export function weightedMean(data: TrainingData, rows: Int32Array, values: Float64Array): number {
  let sum = 0;
  let weight = 0;
  rows.forEach((row, i) => {
    sum += data.w[row] * values[i];
    weight += data.w[row];
  });
  return sum / weight;
}
