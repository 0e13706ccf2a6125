import { eBh } from './e-bh.js';
import type { Stakes } from './stakes.js';
import { gainOf, type Unit } from './unit.js';
import { afterGain, type LogWealth, logMixture, startWealth } from './wealth.js';

/** Bets that errors are above α, by slice (claim, model and task), over closed questions. */
export type SliceWealth = Map<string, LogWealth>;

/** More slices than this are not told apart: the rest counts as one. */
const MOST = 200;

/** The name of the slices beyond the first 200. */
const OTHERS = 'others';

/** The wealth after these questions, in a new map. */
export function afterUnits(
  wealth: ReadonlyMap<string, LogWealth>,
  units: readonly Unit[],
  termsOf: (claim: string) => { alpha: number; stakes: Stakes },
): SliceWealth {
  const after = new Map(wealth);
  for (const unit of units) {
    if (unit.slice === null) continue;
    const { alpha, stakes } = termsOf(unit.claim);
    const own = sliceKey(unit.claim, unit.slice);
    const key = after.has(own) || after.size < MOST ? own : sliceKey(unit.claim, OTHERS);
    const before = after.get(key) ?? startWealth(stakes.above);
    after.set(key, afterGain(before, stakes.above, gainOf(unit, alpha, 'right')));
  }
  return after;
}

function sliceKey(claim: string, slice: string): string {
  return JSON.stringify([claim, slice]);
}

/** A slice with more errors than its claim allows. `level`: the expected share of false ones among those named. */
export interface BadSlice {
  claim: string;
  slice: string;
  logE: number;
}

/** The slices that e-BH names at `level`, most certain first. */
export function badSlices(wealth: ReadonlyMap<string, LogWealth>, level: number): BadSlice[] {
  const all = [...wealth].map(([key, logs]) => ({ key, logE: logMixture(logs) }));
  const named = eBh(
    all.map(({ logE }) => logE),
    level,
  );
  return all
    .filter((_, i) => named[i])
    .sort((a, b) => b.logE - a.logE)
    .map(({ key, logE }) => {
      const [claim, slice] = JSON.parse(key) as [string, string];
      return { claim, slice, logE };
    });
}
