import type { Feature, Need } from './feature.js';
import { isRecorded, needs } from './needs.js';
import type { View } from './view.js';

/** What is needed to compute a signal. */
export type Computed = Pick<Feature, 'needs' | 'of' | 'numberAt' | 'twin'>;

/** Signals with the same need. If it is not recorded, one test skips them all. */
interface Step {
  need: Need;
  /** Signals that are computed by a call, and where they go. */
  of: Feature['of'][];
  called: Places;
  /** Signals that are copied from the token table: their indexes in its numbers, and where they go. */
  from: number[];
  copied: Places;
}

interface Places {
  /** Index of each signal in the row. */
  index: number[];
  /** Index of its twin in the row (−1 if the row has none), and the function that gives the twin's value. */
  twinIndex: number[];
  twinBy: ((value: number) => number)[];
}

type Steps = readonly Step[];

/**
 * Orders the signals of a row for computation. Signal i is written to index i; a twin is computed together with its
 * signal.
 */
export function stepsOf(signals: readonly Computed[]): Steps {
  const twins = new Map(signals.flatMap(({ twin }, i) => (twin === undefined ? [] : [[twin.of as Computed, i]])));
  const isTwin = ({ twin }: Computed) => twin !== undefined && signals.includes(twin.of);
  const placesOf = (index: number[]): Places => {
    const twinIndex = index.map((i) => twins.get(signals[i]) ?? -1);
    return { index, twinIndex, twinBy: twinIndex.map((i) => signals[i]?.twin?.by ?? same) };
  };
  return needs.flatMap((need) => {
    const all = signals.flatMap((signal, i) => (signal.needs === need && !isTwin(signal) ? [i] : []));
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

/**
 * Writes the signals of the view's record to `row[at…]`. Entries of signals that are not recorded are left unchanged.
 */
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
