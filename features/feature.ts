import type { View } from './view.js';

/** What must have been recorded for a signal to exist; otherwise it is NaN. */
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

/** A signal: a value with what it needs, where it points, its range and source. Pure; never reads labels or references. */
export interface Feature {
  /** `group.name` in camel case, unique: `tokens.meanEntropy`. */
  name: string;
  /** Raised whenever the number it gives for some record changes. */
  version: number;
  needs: Need;
  /** Where it is NaN although what it needs was recorded: `no number in the answer`. Absent: never. */
  unless?: string;
  /** Which way a larger value points, where that is known. */
  towards: 'right' | 'wrong' | 'either';
  /** Least and greatest value it can take. */
  range: readonly [number, number];
  /** The value for one record; NaN where it was not recorded. */
  of(view: View): number;
  /** Where it stands among the numbers of the token table: its place there, from where a row copies it without a call. */
  numberAt?: number;
  /** Where it is another signal on another scale: that signal, and what becomes of its value. A row with both computes it once. */
  twin?: { of: Feature; by(value: number): number };
}
