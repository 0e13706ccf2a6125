import type { Feature, Need } from './feature.js';
import { isRecorded, needs } from './needs.js';
import type { View } from './view.js';

/** Signals that need the same thing, so that what wasn't recorded costs one question and no call. */
interface Step {
  need: Need;
  /** Place in the row of each signal. */
  index: number[];
  of: Feature['of'][];
  /** Place in the row of each signal's twin, −1 where it has none here, and what becomes of the value. */
  twinIndex: number[];
  twinBy: ((value: number) => number)[];
}

export type Steps = readonly Step[];

/** What is asked of a signal to compute it. */
export type Computed = Pick<Feature, 'needs' | 'of' | 'twin'>;

/** Puts the signals of a row in the order in which they are computed; signal i goes to place i, a twin beside what it is the twin of. */
export function stepsOf(signals: readonly Computed[]): Steps {
  const twins = new Map(signals.flatMap(({ twin }, i) => (twin === undefined ? [] : [[twin.of as Computed, i]])));
  const isBeside = ({ twin }: Computed) => twin !== undefined && signals.includes(twin.of);
  return needs.flatMap((need) => {
    const index = signals.flatMap((signal, i) => (signal.needs === need && !isBeside(signal) ? [i] : []));
    if (index.length === 0) return [];
    const twinIndex = index.map((i) => twins.get(signals[i]) ?? -1);
    const of = index.map((i) => signals[i].of);
    return [{ need, index, of, twinIndex, twinBy: twinIndex.map((i) => signals[i]?.twin?.by ?? same) }];
  });
}

/** Writes the signals of the view's record to `row[at…]`; places of what wasn't recorded keep what they hold. */
export function fillRow(steps: Steps, view: View, row: Float64Array | Float32Array, at: number): void {
  for (let s = 0; s < steps.length; s++) {
    const { need, index, of, twinIndex, twinBy } = steps[s];
    if (!isRecorded(need, view)) continue;
    for (let k = 0; k < of.length; k++) {
      const value = of[k](view);
      row[at + index[k]] = value;
      if (twinIndex[k] >= 0) row[at + twinIndex[k]] = twinBy[k](value);
    }
  }
}

function same(value: number): number {
  return value;
}
