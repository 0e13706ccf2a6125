import type { Cut, Plan, Values } from '../../scorer/policy/policy.js';
import type { Economy } from '../economy.js';
import { type CaseTable, statesOf } from '../table.js';
import { cutsOf, type Inducted, induct } from './induct.js';
import { type Account, accountOf, type Outcome, outcomeOf } from './outcome.js';
import { binsOf } from './regression.js';
import { rewardsOf, thresholdsOf } from './rewards.js';

/** How a plan came about: by expected gain, by one threshold at every stage, or with a fixed set of stages. */
export type Family = 'gain' | 'threshold' | 'fixed';

/** A plan with what it does on the fit cases. */
export interface Candidate {
  plan: Plan;
  family: Family;
  outcome: Outcome;
  account: Account;
  /** Values behind a plan by expected gain; empty for the others. */
  values: Values[];
}

/** What candidates are searched with. */
export interface Search {
  orders: readonly string[][];
  economy: Economy;
  alpha: number;
  /** Fold of each case, by question; the plans by expected gain are judged on cases that did not shape them. */
  fold: Int32Array;
  families?: readonly Family[];
}

/** The families, in the order in which they are searched. */
const FAMILIES: readonly Family[] = ['gain', 'threshold', 'fixed'];

/**
 * All candidate plans with their accounts on the fit cases. Special cases among them: one stage for every question
 * (`fixed`), two models with a threshold each and cascades with one threshold (`threshold`), every part and order of the
 * stages (through `orders`).
 */
export function candidatesOf(
  fit: CaseTable,
  { orders, economy, alpha, fold, families = FAMILIES }: Search,
): Candidate[] {
  const judged = (plan: Plan, family: Family): Candidate => {
    const outcome = outcomeOf(plan, fit, economy.names);
    return { plan, family, outcome, account: accountOf(plan, outcome, fit.weight, economy), values: [] };
  };
  const thresholds = thresholdsOf(economy);
  const found: Candidate[] = [];
  if (families.includes('gain'))
    for (const order of orders) for (const each of byGain(fit, order, { economy, alpha, fold })) found.push(each);
  if (families.includes('threshold')) {
    for (const order of orders)
      for (const cuts of byThreshold(order, thresholds)) found.push(judged({ order, cuts }, 'threshold'));
  }
  if (families.includes('fixed')) {
    for (const order of fixedOrders(orders, economy.names)) {
      for (const cuts of fixedCuts(order, thresholds)) found.push(judged({ order, cuts }, 'fixed'));
    }
  }
  return found;
}

function byGain(fit: CaseTable, order: string[], { economy, alpha, fold }: Omit<Search, 'orders'>): Candidate[] {
  const keys = statesOf(order, economy.names);
  const p = keys.map((key) => fit.states.get(key)!.p);
  const bins = p.map((each) => binsOf(each, fit.weight));
  const price = order.map((name) => economy.stage.get(name)!);
  const folds = [...new Set(fold)];
  const parts = folds.map((k) => ({
    weight: fit.weight.map((w, i) => (fold[i] === k ? 0 : w)),
    rows: Int32Array.from([...fold.keys()].filter((i) => fold[i] === k)),
  }));
  return rewardsOf(economy, alpha).map((reward) => {
    const { cuts, values } = induct({ p, bins, price, weight: fit.weight }, reward);
    const outcome: Outcome = {
      depth: new Int32Array(fit.n),
      accepted: new Uint8Array(fit.n),
      y: new Float64Array(fit.n),
    };
    for (const { weight, rows } of parts) {
      const own: Inducted = folds.length === 1 ? { cuts, values } : induct({ p, bins, price, weight }, reward);
      outcomeOf({ order, cuts: own.cuts }, fit, economy.names, outcome, rows);
    }
    const plan = { order, cuts };
    return { plan, family: 'gain', outcome, account: accountOf(plan, outcome, fit.weight, economy), values };
  });
}

/** One threshold at every stage; where one stage is bought, a threshold for each of the two states. */
function byThreshold(order: readonly string[], thresholds: readonly number[]): Cut[][][] {
  const cascade = (t: number): Cut[][] => [...order.map(() => upTo('buy', t)), upTo('stop', t)];
  if (order.length !== 1) return thresholds.map(cascade);
  const some = thresholds.filter((_, i) => i % 2 === 0);
  return some.flatMap((one) => some.map((two) => [upTo('buy', one), upTo('stop', two)]));
}

/** Everything in the order is bought, then one threshold decides. */
export function fixedCuts(order: readonly string[], thresholds: readonly number[]): Cut[][][] {
  return thresholds.map((t) => [...order.map((): Cut[] => [{ from: 0, do: 'buy' }]), upTo('stop', t)]);
}

function upTo(below: 'buy' | 'stop', t: number): Cut[] {
  return cutsOf((p) => (p >= t ? 'accept' : below), [t]);
}

/** One order for each state that the orders pass: nothing bought, and each of their beginnings. */
function fixedOrders(orders: readonly string[][], names: readonly string[]): string[][] {
  const found = new Map<string, string[]>([['', []]]);
  for (const order of orders) {
    statesOf(order, names).forEach((key, k) => {
      if (!found.has(key)) found.set(key, order.slice(0, k));
    });
  }
  return [...found.values()];
}
