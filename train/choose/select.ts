import { type Logits, logLossOfLogit } from '../../models/numbers.js';
import { CLEAR, isSmall } from '../../report/small.js';
import { pick } from '../../support/pick.js';
import { weightedMean as meanByWeight } from '../../support/weighted-mean.js';
import type { AnyLearner, SimpleLearner } from '../learn/learner.js';
import { complexityOf, isSimple } from '../learn/list.js';
import type { TrainingData } from '../prepare/training-data.js';

/**
 * A candidate's standing: out-of-fold log-loss, and its paired difference from the best with a clustered standard
 * error.
 */
export interface LearnerCandidate {
  name: AnyLearner;
  logLoss: number;
  difference: number;
  standardError: number;
  chosen: boolean;
}

/**
 * The candidates allowed on few questions if a blend was fitted, in order of preference. The shares of the blend
 * already weigh the signal against the other learners; an additional choice on so few questions loses more than it
 * gains (bench/small). Out-of-fold losses also favour the simple baselines, which lose less when they are fitted on
 * four fifths of the labels.
 */
const STEADY: readonly AnyLearner[] = ['blend', 'rate', 'signal'];

/**
 * Chooses among learners by out-of-fold log-loss: the simplest whose loss is within one standard error of the best
 * one's, where the error is that of the *paired* difference, clustered by question (the marginal one is 10 times
 * wider). On few questions the blend comes first, and only a simple baseline that is better by two standard errors
 * replaces it. On more questions, the base rate or one signal is chosen only if it has the lowest loss.
 */
export function selectLearner(
  data: TrainingData,
  rows: Int32Array,
  fitted: ReadonlyMap<AnyLearner, { logits: Logits }>,
): LearnerCandidate[] {
  const losses = new Map<AnyLearner, Float64Array>();
  for (const [name, { logits }] of fitted) losses.set(name, rowLosses(data, rows, logits));
  const mean = (loss: Float64Array) => weightedMean(data, rows, loss);
  const names = [...fitted.keys()].sort((a, b) => complexityOf(a) - complexityOf(b));
  const few = isSmall(data, rows);
  const steady = few && fitted.has('blend');
  const may = steady ? STEADY.filter((name) => fitted.has(name)) : names;
  const best = may.reduce((a, b) => (mean(losses.get(b)!) < mean(losses.get(a)!) ? b : a));
  const candidates = names.map((name) => {
    const difference = losses.get(name)!.map((loss, i) => loss - losses.get(best)![i]);
    const { mean: gap, error } = clusteredMean(data, rows, difference);
    return { name, logLoss: mean(losses.get(name)!), difference: gap, standardError: error, chosen: false };
  });
  const ships = (name: AnyLearner) => {
    const { difference, standardError } = candidates.find((each) => each.name === name) as LearnerCandidate;
    if (steady) return difference <= CLEAR * standardError;
    return isSimple(name) && !few ? name === best : difference <= standardError;
  };
  const chosen = may.find(ships) as AnyLearner;
  for (const candidate of candidates) candidate.chosen = candidate.name === chosen;
  return candidates;
}

/**
 * The better simple baseline, and the shipped predictor minus it: out-of-fold log-loss, paired, clustered by question.
 */
export interface SimpleRival {
  name: SimpleLearner;
  difference: number;
  standardError: number;
  /** Questions compared on. */
  groups: number;
}

/** The chosen candidate compared with the better simple baseline; null if there was none among the candidates. */
export function simpleRival(
  data: TrainingData,
  rows: Int32Array,
  fitted: ReadonlyMap<AnyLearner, { logits: Logits }>,
  candidates: readonly LearnerCandidate[],
): SimpleRival | null {
  const lossOf = (name: AnyLearner) => rowLosses(data, rows, (fitted.get(name) as { logits: Logits }).logits);
  const simple = candidates.filter(({ name }) => isSimple(name));
  if (simple.length === 0) return null;
  const { name } = simple.reduce((a, b) => (b.logLoss < a.logLoss ? b : a));
  const ships = candidates.find(({ chosen }) => chosen) as LearnerCandidate;
  const own = lossOf(ships.name);
  const theirs = lossOf(name);
  const { mean, error } = clusteredMean(
    data,
    rows,
    own.map((loss, i) => loss - theirs[i]),
  );
  const groups = new Set(rows.map((row) => data.group[row])).size;
  return { name: name as SimpleLearner, difference: mean, standardError: error, groups };
}

/** Log-loss of each row in nats. */
export function rowLosses(data: TrainingData, rows: Int32Array, logits: Logits): Float64Array {
  return Float64Array.from(rows, (row, i) => logLossOfLogit(logits[i], data.y[row]));
}

/**
 * Weighted mean over rows and its standard error with rows of a question as one cluster (sum of squared group
 * residuals).
 */
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
  return meanByWeight(values, pick(data.w, rows));
}
