import { holm } from '../../metrics/special/holm.js';
import type { Reference } from '../../models/bundle/reference.js';
import { categoryDrift } from './category-drift.js';
import { type Difference, numberDrift } from './number-drift.js';

/** Answers of one run as columns; row i of each is the same answer. */
export interface Columns {
  /** One over the number of answers to the question of each answer, and the number of questions. */
  weight: Float64Array;
  questions: number;
  /** Numeric signals by name (NaN = missing), and the probability. */
  numbers: ReadonlyMap<string, ArrayLike<number>>;
  probability: ArrayLike<number>;
  /** Categories by name; '' = missing, rare or unknown. */
  categories: ReadonlyMap<string, readonly string[]>;
}

export interface SignalDrift extends Difference {
  signal: string;
  kind: 'number' | 'category';
  /** Whether it differs by more than chance, over all signals of this run together, and by enough to matter. */
  alarm: boolean;
}

/** When a difference raises an alarm. */
export interface DriftRule {
  /** The chance of any false alarm in a run in which nothing has changed (Holm's correction over all signals). */
  level: number;
  /** The smallest distance that matters. */
  least: number;
}

/**
 * A probability that moved by up to this much has not drifted. The reference has out-of-fold probabilities, and the new
 * ones are of the shipped predictor, which differs a little from those of the folds. Where many answers have nearly the
 * same probability, this alone would move a tenth of them across a knot.
 */
const SAME_PROBABILITY = 0.05;

/** Every signal, the probability and the mix of models and tasks against training, the least likely by chance first. */
export function driftOf(reference: Reference, now: Columns, { level, least }: DriftRule): SignalDrift[] {
  const sizes = { before: reference.questions, now: now.questions };
  const found: Omit<SignalDrift, 'alarm'>[] = [];
  for (const before of reference.signals) {
    const values = now.numbers.get(before.name);
    if (values === undefined) continue;
    found.push({ signal: before.name, kind: 'number', ...numberDrift(before, values, now.weight, sizes) });
  }
  const scored = { before: reference.scored, now: now.questions };
  const probability = numberDrift(reference.probability, now.probability, now.weight, scored, SAME_PROBABILITY);
  found.push({ signal: 'probability', kind: 'number', ...probability });
  for (const before of reference.categories) {
    const values = now.categories.get(before.name);
    if (values === undefined) continue;
    const shares = sharesOf(values, now.weight);
    found.push({ signal: before.name, kind: 'category', ...categoryDrift(before, shares, sizes) });
  }
  const rejected = holm(
    found.map(({ pvalue }) => pvalue),
    level,
  );
  return found
    .map((each, i) => ({ ...each, alarm: rejected[i] && each.distance >= least }))
    .sort((a, b) => a.pvalue - b.pvalue || b.distance - a.distance);
}

function sharesOf(values: readonly string[], weight: Float64Array): Map<string, number> {
  const total = weight.reduce((sum, w) => sum + w, 0);
  const shares = new Map<string, number>();
  for (const [i, value] of values.entries()) shares.set(value, (shares.get(value) ?? 0) + weight[i] / total);
  return shares;
}
