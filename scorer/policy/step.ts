import { logit, sigmoid } from '../../models/numbers.js';
import type { Action, Cut, Plan, Policy } from './policy.js';

/** What is known of a question so far. */
interface PolicyState {
  /** The stages that were bought, in the order of the policy. */
  bought: readonly string[];
  /**
   * The bundle's probability of each answer that could be returned: the first answer, then those of the models that
   * were bought. NaN: this answer cannot be accepted.
   */
  probabilities: readonly number[];
}

/** What the policy does next. `returns` is the place of the best answer so far; −1 if none can be accepted. */
export interface Step {
  do: Action;
  /** The stage to buy; null unless `do` is `buy`. */
  stage: string | null;
  returns: number;
  /** The probability that this answer is right, calibrated for this state; NaN if none can be accepted. */
  probability: number;
}

/**
 * One step of a frozen policy. A pure function: the same state always gives the same step, and prices play no part,
 * because they are in the cut-offs. An answer that cannot be accepted counts as one with probability 0.
 */
export function step({ plan, lines }: Pick<Policy, 'plan' | 'lines'>, { bought, probabilities }: PolicyState): Step {
  const k = bought.length;
  const returns = bestOf(probabilities);
  const probability = returns < 0 ? Number.NaN : onLine(lines[k], probabilities[returns]);
  const action = actionAt(plan, k, probability);
  return { do: action, stage: action === 'buy' ? plan.order[k] : null, returns, probability };
}

/** What a plan does at state k at this probability. NaN counts as 0, but is never accepted. */
export function actionAt({ cuts }: Pick<Plan, 'cuts'>, k: number, probability: number): Action {
  const action = pieceAt(cuts[k], probability >= 0 ? probability : 0).do;
  return action === 'accept' && !(probability >= 0) ? 'stop' : action;
}

function pieceAt(cuts: readonly Cut[], probability: number): Cut {
  let found = cuts[0];
  for (const cut of cuts) if (probability >= cut.from) found = cut;
  return found;
}

/** The place of the highest probability, the first one of equals; −1 if all are NaN. */
export function bestOf(probabilities: readonly number[]): number {
  let best = -1;
  probabilities.forEach((p, i) => {
    if (p >= 0 && (best < 0 || p > probabilities[best])) best = i;
  });
  return best;
}

/** A probability after a line on its logit. */
export function onLine({ a, b }: { a: number; b: number }, probability: number): number {
  return sigmoid(a * logit(probability) + b);
}
