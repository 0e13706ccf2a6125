import { normalQuantile } from '../../metrics/special/normal.js';
import { correctedError, type Missing, type Unit } from './unit.js';

/** Sums of x and x² of the corrected errors, once for each way to fill in missing labels. */
type Sums = Record<Missing, { sum: number; square: number }>;

/** What the estimate of a claim's error rests on. */
export interface Tally {
  /** Questions that could have been drawn, and of these the drawn ones. */
  questions: number;
  drawn: number;
  /** Labels that arrived, and labels that were given up because they came too late or never. */
  labels: number;
  givenUp: number;
  sums: Sums;
}

const FILLS: readonly Missing[] = ['expected', 'right', 'wrong'];

export function startTally(): Tally {
  const none = () => ({ sum: 0, square: 0 });
  return { questions: 0, drawn: 0, labels: 0, givenUp: 0, sums: { expected: none(), right: none(), wrong: none() } };
}

/** Questions that were not drawn: they count with the error that the bundle expected. */
export function withUndrawn(tally: Tally, expected: readonly number[]): Tally {
  const sum = expected.reduce((total, x) => total + x, 0);
  const square = expected.reduce((total, x) => total + x * x, 0);
  const sums = mapped(({ sum: a, square: b }) => ({ sum: a + sum, square: b + square }), tally.sums);
  return { ...tally, questions: tally.questions + expected.length, sums };
}

/** A drawn question, with the labels that have arrived so far. */
export function withUnit(tally: Tally, unit: Unit): Tally {
  const sums = mapped(({ sum, square }, fill) => {
    const x = correctedError(unit, fill);
    return { sum: sum + x, square: square + x * x };
  }, tally.sums);
  return { ...tally, questions: tally.questions + 1, drawn: tally.drawn + 1, sums };
}

function mapped(of: (one: Sums[Missing], fill: Missing) => Sums[Missing], sums: Sums): Sums {
  return Object.fromEntries(FILLS.map((fill) => [fill, of(sums[fill], fill)])) as Sums;
}

/** The share of errors among accepted answers, and its 95% limits; null without a drawn question. */
export interface ErrorEstimate {
  value: number;
  low: number;
  high: number;
  /** The value if all missing labels were right, and if all were wrong. */
  allRight: number;
  allWrong: number;
}

/** Confidence of the limits. */
const LEVEL = 0.95;

/**
 * Mean of the corrected errors by question ± 1.96 standard errors. The limits cover missing labels: the lower one counts
 * them as right, the upper one as wrong. Null with fewer than two questions or without a drawn one.
 */
export function estimateOf({ questions: n, drawn, sums }: Tally): ErrorEstimate | null {
  if (n < 2 || drawn === 0) return null;
  const z = normalQuantile((1 + LEVEL) / 2);
  const of = (fill: Missing) => {
    const mean = sums[fill].sum / n;
    const variance = Math.max(0, sums[fill].square / n - mean * mean) / (n - 1);
    return { mean: clipped(mean), reach: z * Math.sqrt(variance), raw: mean };
  };
  const [expected, right, wrong] = FILLS.map(of);
  return {
    value: expected.mean,
    low: clipped(Math.min(expected.raw - expected.reach, right.raw - right.reach)),
    high: clipped(Math.max(expected.raw + expected.reach, wrong.raw + wrong.reach)),
    allRight: right.mean,
    allWrong: wrong.mean,
  };
}

function clipped(x: number): number {
  return Math.min(1, Math.max(0, x));
}
