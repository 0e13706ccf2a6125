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
  | 'features';

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
   * If it is another signal on another scale: that signal, and the function from its value. A row with both computes
   * `of` once.
   */
  twin?: { of: Feature; by(value: number): number };
}
