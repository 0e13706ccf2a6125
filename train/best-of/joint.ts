import { dot } from '../../support/dot.js';
import { minimise } from '../learn/text/minimise.js';
import type { View } from './askings/view.js';

/**
 * What a distinct answer is judged by. `votes`: logit of its share of the candidates; `bundle`: logit of the mean
 * probability that the bundle gives its candidates; `tokens`: log of the highest token probability among them; `first`:
 * whether the first answer is one of them.
 */
export const COLUMNS = ['votes', 'bundle', 'tokens', 'first'] as const;
type Column = (typeof COLUMNS)[number];

/** A fitted joint probability: the columns, their means, and the weights (columns, then "none": constant and answers). */
export interface Joint {
  columns: readonly Column[];
  centre: readonly number[];
  weights: readonly number[];
}

/** The probability of each distinct answer, and that none of them is right. They add up to 1. */
export interface Distribution {
  answers: Float64Array;
  none: number;
}

/** The share of the truth that each distinct answer has, and none of them. They add up to 1. */
export type Truth = Distribution;

/** Ridge penalty on all weights but the constant, as on so many standard-normal observations. */
const PENALTY = 1;
/** Probabilities nearer to 0 or 1 count as this far from it. */
const CLIP = 1e-4;

/** The columns that every view has; a probability without a bundle is missing. */
export function columnsIn(views: readonly View[]): Column[] {
  return COLUMNS.filter((column) =>
    views.every(
      (view) => !Array.from({ length: view.meanings }, (_, m) => inputOf(view, m, column)).some(Number.isNaN),
    ),
  );
}

/** Whether a view has all columns. */
export function hasColumns(view: View, columns: readonly Column[]): boolean {
  const found = columnsIn([view]);
  return columns.every((column) => found.includes(column));
}

/**
 * The truth about the distinct answers of a view from their grades: if several are right, they share it.
 */
export function truthOf(grades: Float64Array): Truth {
  const sum = grades.reduce((all, grade) => all + grade, 0);
  const answers = grades.map((grade) => grade / Math.max(1, sum));
  return { answers, none: Math.max(0, 1 - sum) };
}

/**
 * Fits a multinomial logit over the distinct answers of each view and "none of them": P(m) = exp u_m / (exp u_0 + Σ_j
 * exp u_j), with u_m = Σ_c β_c (x_mc − x̄_c) for an answer and u_0 = γ_0 + γ_1 ln(number of answers) for none. Maximises
 * the multi-class log-likelihood, weighted (mean weight 1), with a ridge penalty. Source: McFadden 1974, conditional logit, with an outside option.
 */
export function fitJoint(
  views: readonly View[],
  truths: readonly Truth[],
  { columns, weight }: { columns: readonly Column[]; weight: Float64Array },
): Joint {
  const centre = columns.map((column) => {
    const values = views.flatMap((view) => Array.from({ length: view.meanings }, (_, m) => inputOf(view, m, column)));
    return values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
  });
  const rows = views.map((view) => rowsOf(view, columns, centre));
  const size = columns.length + 2;
  const constant = columns.length;
  const of = (weights: Float64Array, gradient: Float64Array): number => {
    let loss = 0;
    for (let j = 0; j < size; j++) {
      const penalty = j === constant ? 0 : PENALTY;
      gradient[j] = penalty * weights[j];
      loss += (penalty / 2) * weights[j] ** 2;
    }
    rows.forEach((inputs, i) => {
      const p = softmax(inputs.map((input) => dot(weights, input)));
      inputs.forEach((input, k) => {
        const truth = k === 0 ? truths[i].none : truths[i].answers[k - 1];
        if (truth > 0) loss -= weight[i] * truth * Math.log(Math.max(p[k], Number.MIN_VALUE));
        for (let j = 0; j < size; j++) gradient[j] += weight[i] * (p[k] - truth) * input[j];
      });
    });
    return loss;
  };
  const weights = minimise(of, new Float64Array(size), { steps: 200, tolerance: 1e-10 });
  return { columns, centre, weights: [...weights] };
}

/** The probabilities of a view's distinct answers and of none. */
export function distributionOf({ columns, centre, weights }: Joint, view: View): Distribution {
  const given = Float64Array.from(weights);
  const [none, ...answers] = softmax(rowsOf(view, columns, centre).map((input) => dot(given, input)));
  return { answers: Float64Array.from(answers), none };
}

/** The inputs of "none", then of each distinct answer. */
function rowsOf(view: View, columns: readonly Column[], centre: readonly number[]): Float64Array[] {
  const none = new Float64Array(columns.length + 2);
  none[columns.length] = 1;
  none[columns.length + 1] = Math.log(view.meanings);
  const answers = Array.from({ length: view.meanings }, (_, m) => {
    const input = new Float64Array(columns.length + 2);
    columns.forEach((column, c) => {
      input[c] = inputOf(view, m, column) - centre[c];
    });
    return input;
  });
  return [none, ...answers];
}

function inputOf({ candidates, meaning, probability }: View, m: number, column: Column): number {
  let votes = 0;
  let sum = 0;
  let most = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < candidates.length; i++) {
    if (meaning[i] !== m) continue;
    votes++;
    sum += probability[i];
    most = Math.max(most, candidates[i].tokens); // NaN stays NaN
  }
  if (column === 'votes') return Math.log((votes + 0.5) / (candidates.length - votes + 0.5));
  if (column === 'first') return meaning[0] === m ? 1 : 0;
  if (column === 'tokens') return Math.log(Math.max(most, CLIP));
  const mean = Math.min(1 - CLIP, Math.max(CLIP, sum / votes));
  return Math.log(mean / (1 - mean));
}

function softmax(utilities: readonly number[]): number[] {
  const most = utilities.reduce((high, u) => Math.max(high, u), Number.NEGATIVE_INFINITY);
  const raised = utilities.map((u) => Math.exp(u - most));
  const total = raised.reduce((sum, e) => sum + e, 0);
  return raised.map((e) => e / total);
}
