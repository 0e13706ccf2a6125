import type { Random } from '../../support/random.js';
import { fitLogistic, logitOf } from './logistic.js';
import type { Drawable, Sample } from './population.js';

/** Penalties the recipe chooses from. */
const PENALTIES = [3, 30];
const FOLDS = 5;

/** What the light recipe gives on some answers: a predictor, and what it says out of fold of the answers it was fitted to. */
export interface Fitted {
  /** Probability of each row of the population. */
  probability: Float64Array;
  /** Places in the sample it was fitted on, and the out-of-fold probability of each. */
  at: Int32Array;
  outOfFold: Float64Array;
}

/** Logistic regression whose penalty is chosen out of fold, then Platt scaling on out-of-fold logits: all on the places given. */
export function fitRecipe({ table, chance }: Drawable, sample: Sample, at: Int32Array, random: Random): Fitted {
  const rows = at.map((i) => sample.row[i]);
  const label = Float64Array.from(at, (i) => sample.label[i]);
  const fold = foldsOf(sample, at, FOLDS, random);
  const whole = PENALTIES.map((penalty) => fitLogistic(table, rows, label, penalty));
  const tried = PENALTIES.map((penalty, k) => {
    const logit = new Float64Array(at.length);
    for (let f = 0; f < FOLDS; f++) {
      const inside = rows.filter((_, i) => fold[i] !== f);
      const beta = fitLogistic(
        table,
        inside,
        label.filter((_, i) => fold[i] !== f),
        penalty,
        whole[k],
      );
      for (let i = 0; i < at.length; i++) if (fold[i] === f) logit[i] = logitOf(table, rows[i], beta);
    }
    return { beta: whole[k], logit, loss: lossOf(logit, label) };
  });
  const { beta, logit } = tried.reduce((a, b) => (b.loss < a.loss ? b : a));
  const column = { x: Float64Array.from({ length: 2 * at.length }, (_, i) => (i % 2 === 0 ? 1 : logit[i >> 1])), d: 2 };
  const platt = fitLogistic(
    column,
    at.map((_, i) => i),
    label,
    1e-3,
    Float64Array.of(0, 1),
  );
  const say = (z: number) => 1 / (1 + Math.exp(-platt[0] - platt[1] * z));
  return {
    probability: Float64Array.from(chance.keys(), (row) => say(logitOf(table, row, beta))),
    at,
    outOfFold: logit.map(say),
  };
}

/** Folds by question of the population, so that copies of one stay together. */
export function foldsOf({ origin }: Sample, at: Int32Array, folds: number, random: Random): Int32Array {
  const names = [...new Set(at.map((i) => origin[i]))];
  const of = new Map(random.shuffle(names).map((name, k) => [name, k % folds]));
  return at.map((i) => of.get(origin[i]) as number);
}

function lossOf(logit: Float64Array, label: Float64Array): number {
  return logit.reduce((sum, z, i) => sum + Math.log1p(Math.exp(-Math.abs(z))) + Math.max(0, z) - label[i] * z, 0);
}
