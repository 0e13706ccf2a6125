import type { Plan } from '../../scorer/policy/policy.js';
import { actionAt } from '../../scorer/policy/step.js';
import type { Economy } from '../economy.js';
import { type CaseTable, statesOf } from '../table.js';

/** What a plan does with each case. */
export interface Outcome {
  /** The last state that each case reached: how many stages were bought. */
  depth: Int32Array;
  /** 1 where the returned answer is accepted. */
  accepted: Uint8Array;
  /** Label of the returned answer. */
  y: Float64Array;
}

/** Follows a plan through every case. `only`: these rows; the others are left at 0. */
export function outcomeOf(
  { order, cuts }: Plan,
  { n, states }: CaseTable,
  names: readonly string[],
  into?: Outcome,
  only?: Int32Array,
): Outcome {
  const columns = statesOf(order, names).map((key) => states.get(key)!);
  const outcome = into ?? { depth: new Int32Array(n), accepted: new Uint8Array(n), y: new Float64Array(n) };
  const count = only?.length ?? n;
  for (let j = 0; j < count; j++) {
    const i = only === undefined ? j : only[j];
    let k = 0;
    let action = actionAt({ cuts }, 0, columns[0].p[i]);
    while (action === 'buy') action = actionAt({ cuts }, ++k, columns[k].p[i]);
    outcome.depth[i] = k;
    outcome.accepted[i] = action === 'accept' ? 1 : 0;
    outcome.y[i] = columns[k].y[i];
  }
  return outcome;
}

/** What a plan costs per case and how good it is, as weighted means. Money throughout. */
export interface Account {
  /** Bought signals and first answers; answers not returned; wrong answers returned; and the sum. */
  signals: number;
  stops: number;
  wrong: number;
  total: number;
  coverage: number;
  /** Share of wrong answers among the accepted; null if none was accepted. */
  error: number | null;
  /** Share of cases for which each stage of the order was bought. */
  bought: number[];
}

/** What the signals of a case cost, by how many stages of the order were bought for it. */
export function spentOf({ order }: Pick<Plan, 'order'>, { first, stage }: Economy): Float64Array {
  const spent = new Float64Array(order.length + 1).fill(first);
  order.forEach((name, k) => {
    spent[k + 1] = spent[k] + stage.get(name)!;
  });
  return spent;
}

/** The account of a plan in one pass. */
export function accountOf(
  plan: Pick<Plan, 'order'>,
  outcome: Outcome,
  weight: Float64Array,
  economy: Economy,
): Account {
  const { depth, accepted, y } = outcome;
  const spent = spentOf(plan, economy);
  const reached = new Float64Array(spent.length);
  let [all, mass, wrong] = [0, 0, 0];
  for (let i = 0; i < weight.length; i++) {
    const w = weight[i];
    all += w;
    reached[depth[i]] += w;
    if (!accepted[i]) continue;
    mass += w;
    wrong += w * (1 - y[i]);
  }
  const signals = reached.reduce((sum, w, k) => sum + w * spent[k], 0) / all;
  const stops = (economy.stop * (all - mass)) / all;
  const wrongs = (economy.wrong * wrong) / all;
  return {
    ...{ signals, stops, wrong: wrongs, total: signals + stops + wrongs, coverage: mass / all },
    error: mass > 0 ? wrong / mass : null,
    bought: plan.order.map((_, k) => reached.reduce((sum, w, at) => sum + (at > k ? w : 0), 0) / all),
  };
}

/** The cost of each case under a plan, in money: signals, answers that are not returned, wrong answers. */
export function costsOf(plan: Pick<Plan, 'order'>, { depth, accepted, y }: Outcome, economy: Economy): Float64Array {
  const spent = spentOf(plan, economy);
  return Float64Array.from(depth, (k, i) => spent[k] + (accepted[i] ? economy.wrong * (1 - y[i]) : economy.stop));
}
