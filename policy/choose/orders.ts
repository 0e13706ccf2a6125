import type { Prices } from '../../scorer/policy/prices.js';
import { stateKey, statesOf } from '../table.js';

/** The most orders that are searched. */
const MOST_ORDERS = 64;

/** The orders that are tried, and all states that they pass through. */
export interface Lattice {
  orders: string[][];
  /** Keys of the states, each with the stages bought there. */
  states: Map<string, string[]>;
}

/**
 * Candidate orders: those of the price file; else its stages as listed, from the cheapest to the dearest, and parts of
 * these (a stage left out, two stages, one stage), as long as at most `mostStates` states are passed. `cost` says what a
 * stage costs.
 */
export function latticeOf(
  { stages, orders, mostStates }: Pick<Prices, 'stages' | 'orders' | 'mostStates'>,
  cost: (name: string) => number,
): Lattice {
  const names = stages.map(({ name }) => name);
  const listed = orders ?? partsOf([names, [...names].sort((a, b) => cost(a) - cost(b))]);
  const states = new Map<string, string[]>([['', []]]);
  const kept: string[][] = [];
  for (const order of listed) {
    if (kept.length >= MOST_ORDERS) break;
    const fresh = statesOf(order, names).filter((key) => !states.has(key));
    if (orders === undefined && states.size + fresh.length > mostStates && kept.length > 0) continue;
    for (let k = 1; k <= order.length; k++) {
      const bought = order.slice(0, k);
      states.set(stateKey(bought, names), bought);
    }
    if (!kept.some((other) => other.join('\n') === order.join('\n'))) kept.push(order);
  }
  return { orders: kept, states };
}

/** The orders themselves, then each stage alone, then pairs in order, then one stage left out. */
function partsOf(orders: readonly string[][]): string[][] {
  const alone = orders[0].map((name) => [name]);
  const pairs = orders.flatMap((order) => order.flatMap((one, i) => order.slice(i + 1).map((two) => [one, two])));
  const without = orders.flatMap((order) => order.map((name) => order.filter((other) => other !== name)));
  return [...orders, ...alone, ...pairs, ...without].filter((order) => order.length > 0);
}
