import { VouchError } from '../support/errors.js';
import { CHANGES, type ChangeMade } from './change.js';

/** Ways to certify: by a part of the questions, by all in folds, or by the number of questions. */
export const CERTIFY_WAYS = ['split', 'cross', 'auto'] as const;

/** How a recalibration is made. */
export interface RecalibrateRules {
  /**
   * Which labels certify. `split`: a part that neither chooses nor fits. `cross`: all, in folds, each judged by a predictor
   * that was made without it. `auto`: `cross` below 10,000 questions, where it is possible.
   */
  certify: (typeof CERTIFY_WAYS)[number];
  /** With a split: share of the questions that are kept out of choice and fit; they validate and certify. */
  heldShare: number;
  /** The fewest questions for the fit, and the fewest that are kept out of it. */
  leastQuestions: number;
  /** The smallest chance of a label that an estimate may give; smaller ones count as this. */
  leastChance: number;
  /** The chance with which the labels in the answers were drawn, fixed before they were given; null: feedback. */
  drawn: number | null;
  /** The change to make, instead of the smallest one that repairs; null: choose. */
  change: ChangeMade | null;
  /** Whether a version that only feedback could validate may be shipped. */
  allowFeedback: boolean;
  /** Seed of all random steps. */
  seed: number;
}

/** Defaults of `vouch recalibrate`. */
export const recalibrateDefaults: RecalibrateRules = {
  certify: 'split',
  heldShare: 0.5,
  leastQuestions: 30,
  leastChance: 0.02,
  drawn: null,
  change: null,
  allowFeedback: false,
  seed: 1,
};

/** Allowed values: from, to (both included). */
const ranges: Readonly<Record<string, readonly [low: number, high: number]>> = {
  heldShare: [0.1, 0.9],
  leastQuestions: [20, 1e6],
  leastChance: [0.001, 1],
  drawn: [0.001, 1],
  seed: [0, Number.MAX_SAFE_INTEGER],
};

/** The rules of a run, checked. Error: BAD_USAGE with the name and what is allowed. */
export function recalibrateRules(given: Partial<RecalibrateRules>): RecalibrateRules {
  const rules: RecalibrateRules = { ...recalibrateDefaults };
  for (const name of Object.keys(recalibrateDefaults) as (keyof RecalibrateRules)[]) {
    const value = given[name] ?? rules[name];
    const range = ranges[name];
    if (range !== undefined && value !== null && !(Number(value) >= range[0] && Number(value) <= range[1])) {
      const expected = `${range[0]} to ${range[1]}`;
      throw new VouchError('BAD_USAGE', 'this is out of range', { field: name, expected, got: value });
    }
    Object.assign(rules, { [name]: value });
  }
  oneOf('certify', rules.certify, CERTIFY_WAYS);
  if (rules.change !== null) oneOf('change', rules.change, CHANGES);
  return rules;
}

function oneOf(field: string, got: string, known: readonly string[]): void {
  if (known.includes(got)) return;
  throw new VouchError('BAD_USAGE', `unknown ${field}`, { field, expected: known.join(', '), got });
}
