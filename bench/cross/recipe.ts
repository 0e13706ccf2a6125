import type { Random } from '../../support/random.js';
import { fitLogistic, type Labelled, logitOf } from './logistic.js';
import type { Drawable, Sample } from './population.js';

/** The penalties from which the recipe chooses. */
const PENALTIES = [3, 30];
const FOLDS = 5;

/**
 * The result of the light recipe on some answers: a predictor, and out-of-fold probabilities for the answers it was
 * fitted on.
 */
export interface Fitted {
  /** Probability of each row of the population. */
  probability: Float64Array;
  /** Indexes of the answers it was fitted on, and the out-of-fold probability of each. */
  at: Int32Array;
  outOfFold: Float64Array;
}

/**
 * Logistic regression with a penalty chosen out of fold, then Platt scaling on out-of-fold logits, all on the given
 * answers.
 */
export function fitRecipe({ table, start }: Drawable, sample: Sample, places: Int32Array, random: Random): Fitted {
  const { at, rows } = inFolds(table.d, table.x, sample, places, random);
  let from = start;
  const tried = PENALTIES.map((penalty) => {
    const { beta, without } = fitLogistic(rows, penalty, from);
    from = beta;
    const logit = new Float64Array(at.length);
    let i = 0;
    rows.ends.forEach((end, f) => {
      for (; i < end; i++) logit[i] = logitOf(rows, i, without[f]);
    });
    return { beta, logit, loss: lossOf(logit, rows.label) };
  });
  const { beta, logit } = tried.reduce((a, b) => (b.loss < a.loss ? b : a));
  const x = Float64Array.from({ length: 2 * at.length }, (_, i) => (i % 2 === 0 ? 1 : logit[i >> 1]));
  const [level, slope] = fitLogistic(
    { x, d: 2, label: rows.label, ends: [at.length] },
    1e-3,
    Float64Array.of(0, 1),
  ).beta;
  const say = (z: number) => 1 / (1 + Math.exp(-level - slope * z));
  return {
    probability: Float64Array.from({ length: table.x.length / table.d }, (_, row) => say(logitOf(table, row, beta))),
    at,
    outOfFold: logit.map(say),
  };
}

/** The indexes in the order of inner folds, with their rows and labels. */
function inFolds(d: number, x: Float64Array, sample: Sample, places: Int32Array, random: Random) {
  const fold = foldsOf(sample, places, FOLDS, random);
  const parts = Array.from({ length: FOLDS }, (_, f) => places.filter((_, i) => fold[i] === f));
  const at = Int32Array.from(parts.flatMap((part) => [...part]));
  const rows: Labelled = {
    x: new Float64Array(at.length * d),
    d,
    label: Float64Array.from(at, (i) => sample.label[i]),
    ends: parts.map((_, f) => parts.slice(0, f + 1).reduce((sum, part) => sum + part.length, 0)),
  };
  for (let i = 0; i < at.length; i++) {
    const base = sample.row[at[i]] * d;
    for (let j = 0; j < d; j++) rows.x[i * d + j] = x[base + j];
  }
  return { at, rows };
}

/** Folds by question of the population, so that copies of one stay together. */
export function foldsOf({ origin }: Sample, at: Int32Array, folds: number, random: Random): Int32Array {
  const names = new Set<number>();
  for (const i of at) names.add(origin[i]);
  const of = new Map(random.shuffle([...names]).map((name, k) => [name, k % folds]));
  return at.map((i) => of.get(origin[i]) as number);
}

function lossOf(logit: Float64Array, label: Float64Array): number {
  let loss = 0;
  for (let i = 0; i < logit.length; i++) {
    const z = logit[i];
    loss += Math.log1p(Math.exp(-Math.abs(z))) + Math.max(0, z) - label[i] * z;
  }
  return loss;
}
