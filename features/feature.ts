import type { View } from './view.js';

/** What must be recorded for a signal to have a value. Without it, the signal is NaN. */
export type Need =
  | 'answer'
  | 'prompt'
  | 'context'
  | 'facts'
  | 'reasoning'
  | 'tokens'
  | 'tokens.top'
  | 'choices'
  | 'samples'
  | 'otherModels'
  | 'stated'
  | 'verifiers'
  | 'embeddings'
  | 'similarities'
  | 'entailments'
  | 'features';

/**
 * How people know the values of a signal, which is often another scale than the signal's: `count` is ln(1 + n) and `rate`
 * ln(1 + rate), shown as n and the rate; `whether` is yes or no; `share` a percentage; `letter` an option. `logprob`,
 * `surprisal` (−ln p) and `logit` are shown as the probability, `odds` and `times` as e^x times; `entropy` as the number
 * of equally likely possibilities with the same entropy.
 */
export type Shown =
  | 'count'
  | 'rate'
  | 'whether'
  | 'share'
  | 'letter'
  | 'probability'
  | 'logprob'
  | 'surprisal'
  | 'logit'
  | 'odds'
  | 'times'
  | 'entropy'
  | 'number';

/**
 * A signal: a number computed from a record, and what is known about it. It is a pure function that never reads labels
 * or references.
 */
export interface Feature {
  /** `group.name` in camel case, unique: `tokens.meanEntropy`. */
  name: string;
  /**
   * One plain sentence on what it measures, with its formula, and perhaps a second one on why. docs/signals.md shows
   * it.
   */
  says: string;
  /** A few plain words for it, without formulas or terms that need an explanation. Absent: the first words of `says`. */
  plain?: string;
  /** How its values are shown to people; absent: as they are. */
  shown?: Shown;
  /** The paper it comes from, with section or equation. Absent: our own. */
  source?: string;
  /** Raised whenever its value for any record changes. */
  version: number;
  needs: Need;
  /** When it is NaN although what it needs was recorded, such as `the answer has no number`. Absent: never. */
  unless?: string;
  /** Whether a larger value makes a right or a wrong answer more likely, where that is known. */
  towards: 'right' | 'wrong' | 'either';
  /** The least and the greatest value it can have. */
  range: readonly [number, number];
  /** The value for one record; NaN where it was not recorded. */
  of(view: View): number;
  /** Its index in `TokenTable.numbers`, if it is one of them. A row then copies it without calling `of`. */
  numberAt?: number;
  /**
   * If it is another signal on another scale: that signal, the function from its value, and the function back. A row
   * with both computes `of` once.
   */
  twin?: { of: Feature; by(value: number): number; back(value: number): number };
}
