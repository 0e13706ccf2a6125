import { certifyPlans, type TestedPlan } from '../../policy/certify/certify-plans.js';
import { type Candidate, fixedCuts } from '../../policy/choose/candidates.js';
import { accountOf, outcomeOf } from '../../policy/choose/outcome.js';
import { thresholdsOf } from '../../policy/choose/rewards.js';
import { sequenceOf } from '../../policy/choose/sequence.js';
import type { Economy } from '../../policy/economy.js';
import { type CaseTable, stateKey } from '../../policy/table.js';
import type { Cut, Plan } from '../../scorer/policy/policy.js';
import type { Random } from '../../support/random.js';

/** What a way of buying is chosen and tested on. */
export interface Trial {
  fit: CaseTable;
  certify: CaseTable;
  economy: Economy;
  alpha: number;
  random: Random;
}

/** A way on the certify half. */
export interface Result {
  certified: boolean;
  total: number;
  signals: number;
  coverage: number;
  wrong: number;
}

/** Chooses and tests among candidates as a policy is chosen and tested. */
export function certifiedAmong(
  candidates: readonly Candidate[],
  { fit, certify, economy, alpha, random }: Trial,
): TestedPlan | null {
  const plan = { alpha, delta: 0.05, groups: new Set(certify.group).size, cap: null };
  const sequence = sequenceOf(candidates, fit, plan);
  return certifyPlans(sequence, certify, { ...plan, names: economy.names }, random).certified;
}

/** What a certified plan does on the certify half; without one, every question stops at its first answer. */
export function resultOf(tested: TestedPlan | null, certify: CaseTable, economy: Economy): Result {
  if (tested === null) {
    return { certified: false, total: economy.first + economy.stop, signals: economy.first, coverage: 0, wrong: 0 };
  }
  const { plan } = tested.candidate;
  const { total, signals, coverage, error } = accountOf(
    plan,
    outcomeOf(plan, certify, economy.names),
    certify.weight,
    economy,
  );
  return { certified: true, total, signals, coverage, wrong: error ?? 0 };
}

function candidateOf(plan: Plan, family: Candidate['family'], table: CaseTable, economy: Economy): Candidate {
  const outcome = outcomeOf(plan, table, economy.names);
  return { plan, family, outcome, account: accountOf(plan, outcome, table.weight, economy), values: [] };
}

/** Threshold vectors that are tried per order. */
const VECTORS = 300;

/**
 * FrugalGPT-style cascades (Chen et al. 2023): each stage accepts from a threshold of its own on, and else buys the next
 * one; the last stops below its threshold. Vectors are drawn at random and chosen on the fit half.
 */
export function thresholdVectors(orders: readonly string[][], trial: Trial): Result {
  const { fit, certify, economy, random } = trial;
  const thresholds = thresholdsOf(economy);
  const draw = random.fork('vectors');
  const upTo = (below: 'buy' | 'stop'): Cut[] => [
    { from: 0, do: below },
    { from: thresholds[draw.int(thresholds.length)], do: 'accept' },
  ];
  const candidates = orders.flatMap((order) =>
    Array.from({ length: VECTORS }, () =>
      candidateOf({ order, cuts: [...order.map(() => upTo('buy')), upTo('stop')] }, 'threshold', fit, economy),
    ),
  );
  return resultOf(certifiedAmong(candidates, trial), certify, economy);
}

const CHANCES = [0.1, 0.25, 0.5, 0.75];

/** Everything is bought for a random share of the questions, whatever their score; one threshold accepts. */
export function randomBuying(order: readonly string[], trial: Trial): Result {
  const { fit, certify, economy, random } = trial;
  const full = order.reduce((sum, name) => sum + economy.stage.get(name)!, 0);
  const results = CHANCES.flatMap((chance) => {
    const coin = random.fork(`coin ${chance}`);
    const mixed = (table: CaseTable): CaseTable => {
      const bought = Uint8Array.from({ length: table.n }, () => (coin.next() < chance ? 1 : 0));
      const [first, all] = ['', stateKey(order, economy.names)].map((key) => table.states.get(key)!);
      const pick = (column: 'p' | 'y') => first[column].map((value, i) => (bought[i] ? all[column][i] : value));
      return { ...table, states: new Map([['', { p: pick('p'), y: pick('y') }]]) };
    };
    const dearer = { ...economy, first: economy.first + chance * full };
    const [fitted, certifying] = [mixed(fit), mixed(certify)];
    const candidates = fixedCuts([], thresholdsOf(economy)).map((cuts) =>
      candidateOf({ order: [], cuts }, 'fixed', fitted, dearer),
    );
    const tested = certifiedAmong(candidates, { ...trial, fit: fitted, certify: certifying, economy: dearer });
    return tested === null
      ? []
      : [{ cost: tested.candidate.account.total, result: resultOf(tested, certifying, dearer) }];
  });
  if (results.length === 0) return resultOf(null, certify, economy);
  return results.reduce((a, b) => (b.cost < a.cost ? b : a)).result;
}

/** One line of the table: means over splits, and what the policy saves with its standard deviation over splits. */
export function summed(way: string, own: readonly Result[], policy: readonly Result[]): string[] {
  const mean = (of: (result: Result) => number) => own.reduce((sum, result) => sum + of(result), 0) / own.length;
  const saved = own.map(({ total }, i) => total - policy[i].total);
  const middle = saved.reduce((sum, x) => sum + x, 0) / saved.length;
  const sd = Math.sqrt(saved.reduce((sum, x) => sum + (x - middle) ** 2, 0) / Math.max(1, saved.length - 1));
  const accepted = mean(({ coverage }) => coverage);
  return [
    way,
    `${own.filter(({ certified }) => certified).length} of ${own.length}`,
    mean(({ total }) => total).toFixed(3),
    mean(({ signals }) => signals).toFixed(3),
    `${(100 * accepted).toFixed(1)}%`,
    accepted === 0 ? '–' : `${((100 * mean(({ wrong, coverage }) => wrong * coverage)) / accepted).toFixed(1)}%`,
    own === policy ? '–' : `${middle.toFixed(3)} ± ${sd.toFixed(3)}`,
  ];
}
