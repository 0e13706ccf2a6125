import type { Feature, Need } from './feature.js';
import { isRecorded, needs } from './needs.js';
import type { View } from './view.js';

/** What is asked of a signal to compute it. */
export type Computed = Pick<Feature, 'needs' | 'of' | 'numberAt' | 'twin'>;

/** Signals that need the same thing, so that what wasn't recorded costs one question and no call. */
interface Step {
  need: Need;
  of: Feature['of'][];
  called: Places;
  /** Places among the numbers of the token table of those that are copied from there. */
  from: number[];
  copied: Places;
}

interface Places {
  /** Place in the row of each signal. */
  index: number[];
  /** Place in the row of its twin, −1 where that isn't asked for, and what becomes of the value. */
  twinIndex: number[];
  twinBy: ((value: number) => number)[];
}

export type Steps = readonly Step[];

/** Puts the signals of a row in the order in which they are computed; signal i goes to place i, a twin beside what it is the twin of. */
export function stepsOf(signals: readonly Computed[]): Steps {
  const twins = new Map(signals.flatMap(({ twin }, i) => (twin === undefined ? [] : [[twin.of as Computed, i]])));
  const isBeside = ({ twin }: Computed) => twin !== undefined && signals.includes(twin.of);
  const placesOf = (index: number[]): Places => {
    const twinIndex = index.map((i) => twins.get(signals[i]) ?? -1);
    return { index, twinIndex, twinBy: twinIndex.map((i) => signals[i]?.twin?.by ?? same) };
  };
  return needs.flatMap((need) => {
    const all = signals.flatMap((signal, i) => (signal.needs === need && !isBeside(signal) ? [i] : []));
    if (all.length === 0) return [];
    const called = all.filter((i) => signals[i].numberAt === undefined);
    const copied = all.filter((i) => signals[i].numberAt !== undefined);
    return [
      {
        need,
        of: called.map((i) => signals[i].of),
        called: placesOf(called),
        from: copied.map((i) => signals[i].numberAt!),
        copied: placesOf(copied),
      },
    ];
  });
}

/** Writes the signals of the view's record to `row[at…]`; places of what wasn't recorded keep what they hold. */
export function fillRow(steps: Steps, view: View, row: Float64Array | Float32Array, at: number): void {
  for (let s = 0; s < steps.length; s++) {
    const { need, of, called, from, copied } = steps[s];
    if (!isRecorded(need, view)) continue;
    for (let k = 0; k < of.length; k++) put(called, k, of[k](view), row, at);
    if (from.length > 0) copyNumbers(view.tokens.numbers, from, copied, row, at);
  }
}

function copyNumbers(
  numbers: Float64Array,
  from: readonly number[],
  places: Places,
  row: Float64Array | Float32Array,
  at: number,
): void {
  for (let k = 0; k < from.length; k++) put(places, k, numbers[from[k]], row, at);
}

function put(
  { index, twinIndex, twinBy }: Places,
  k: number,
  value: number,
  row: Float64Array | Float32Array,
  at: number,
): void {
  row[at + index[k]] = value;
  if (twinIndex[k] >= 0) row[at + twinIndex[k]] = twinBy[k](value);
}

function same(value: number): number {
  return value;
}
