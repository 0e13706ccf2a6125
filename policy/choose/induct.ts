import type { Action, Cut, Values } from '../../scorer/policy/policy.js';
import { valueAt } from '../../scorer/policy/value-at.js';
import { type Bins, regress } from './regression.js';

/** What the states of one order show: one entry per state, from nothing bought to everything. */
interface Course {
  p: readonly Float64Array[];
  bins: readonly Bins[];
  /** Price of the next stage, in money: one entry fewer than states. */
  price: readonly number[];
  weight: Float64Array;
}

/** The gain of accepting over stopping: slope · (p − threshold). The gain of stopping is 0. */
export interface Reward {
  threshold: number;
  slope: number;
}

/** Cut-offs for each state, and the values behind them: values[k] is what is expected of state k + 1. */
export interface Inducted {
  cuts: Cut[][];
  values: Values[];
}

/**
 * Backward induction over the states of an order. At the last state an answer is accepted if its gain is above 0. At an
 * earlier one, V(p) = max(0, slope (p − threshold), E[V' | p] − price), where E[V' | p] is the regression of the next
 * state's value on this state's probability: that is the value of information. Exact if the probabilities are
 * calibrated and the present one says all that is known of the later ones. O(states · n).
 */
export function induct({ p, bins, price, weight }: Course, { threshold, slope }: Reward): Inducted {
  const last = p.length - 1;
  const gain = (x: number) => Math.max(0, slope * (x - threshold));
  const cuts: Cut[][] = new Array(p.length);
  const values: Values[] = new Array(last);
  cuts[last] = cutsOf((x) => (x >= threshold ? 'accept' : 'stop'), [threshold]);
  let value = p[last].map((x) => (x >= 0 ? gain(x) : 0));
  for (let k = last - 1; k >= 0; k--) {
    const next = regress(bins[k], value, weight);
    values[k] = next;
    const goOn = (x: number) => valueAt(next, x) - price[k];
    cuts[k] = cutsOf((x) => best(gain(x), x >= threshold, goOn(x)), [threshold, ...next.probability]);
    value = p[k].map((x) => Math.max(gain(x >= 0 ? x : 0), goOn(x >= 0 ? x : 0)));
  }
  return { cuts, values };
}

function best(accepting: number, mayAccept: boolean, buying: number): Action {
  if (buying > accepting && buying > 0) return 'buy';
  return mayAccept ? 'accept' : 'stop';
}

/** Cut-offs are on this grid, besides the given points. */
const GRID = 200;

/** An action of the probability as cut-offs. Between neighbouring points of the grid, the change is found by halving. */
export function cutsOf(action: (p: number) => Action, points: readonly number[] = []): Cut[] {
  const grid = [...Array.from({ length: GRID + 1 }, (_, i) => i / GRID), ...points].sort((a, b) => a - b);
  const cuts: Cut[] = [{ from: 0, do: action(0) }];
  for (let i = 1; i < grid.length; i++) {
    const now = action(grid[i]);
    const before = cuts[cuts.length - 1].do;
    if (now === before) continue;
    let [low, high] = [grid[i - 1], grid[i]];
    for (let halved = 0; halved < 20; halved++) {
      const middle = (low + high) / 2;
      if (action(middle) === before) low = middle;
      else high = middle;
    }
    cuts.push({ from: high, do: now });
  }
  return withoutSlivers(cuts);
}

/** Pieces narrower than a step of the grid are noise of the regression: the piece before takes them. */
function withoutSlivers(cuts: readonly Cut[]): Cut[] {
  const wide = cuts.filter(({ from }, i) => i === 0 || (cuts[i + 1]?.from ?? Infinity) - from >= 1 / GRID);
  return wide.filter((cut, i) => i === 0 || cut.do !== wide[i - 1].do);
}
