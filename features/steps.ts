import type { Feature, Need } from './feature.js';
import { isRecorded, needs } from './needs.js';
import type { View } from './view.js';

/** Signals that need the same thing, so that what wasn't recorded costs one question and no call. */
interface Step {
  need: Need;
  /** Place in the row of each signal. */
  index: number[];
  of: Feature['of'][];
}

export type Steps = readonly Step[];

/** Puts the signals of a row in the order in which they are computed; signal i goes to place i. */
export function stepsOf(signals: readonly Pick<Feature, 'needs' | 'of'>[]): Steps {
  return needs.flatMap((need) => {
    const index = signals.flatMap((signal, i) => (signal.needs === need ? [i] : []));
    return index.length === 0 ? [] : [{ need, index, of: index.map((i) => signals[i].of) }];
  });
}

/** Writes the signals of the view's record to `row[at…]`; places of what wasn't recorded keep what they hold. */
export function fillRow(steps: Steps, view: View, row: Float64Array | Float32Array, at: number): void {
  for (let s = 0; s < steps.length; s++) {
    const { need, index, of } = steps[s];
    if (!isRecorded(need, view)) continue;
    for (let k = 0; k < of.length; k++) row[at + index[k]] = of[k](view);
  }
}
