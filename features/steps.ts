import type { Feature, Need } from './feature.js';
import { isRecorded, needs } from './needs.js';
import type { View } from './view.js';

/** What is asked of a signal to compute it. */
export type Computed = Pick<Feature, 'needs' | 'of' | 'numberAt' | 'twin'>;

/** Signals that need the same thing, so that what wasn't recorded costs one question and no call. */
interface Step {
  need: Need;
  called: Places & { of: Feature['of'][] };
  /** Those that are among the numbers of the token table: copied. */
  copied: Places & { from: number[] };
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
        called: { ...placesOf(called), of: called.map((i) => signals[i].of) },
        copied: { ...placesOf(copied), from: copied.map((i) => signals[i].numberAt!) },
      },
    ];
  });
}

/** Writes the signals of the view's record to `row[at…]`; places of what wasn't recorded keep what they hold. */
export function fillRow(steps: Steps, view: View, row: Float64Array | Float32Array, at: number): void {
  for (let s = 0; s < steps.length; s++) {
    const { need, called, copied } = steps[s];
    if (!isRecorded(need, view)) continue;
    for (let k = 0; k < called.of.length; k++) put(called, k, called.of[k](view), row, at);
    for (let k = 0; k < copied.from.length; k++) put(copied, k, view.tokens.numbers[copied.from[k]], row, at);
  }
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
