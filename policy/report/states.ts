import { logLoss } from '../../metrics/proper/log-loss.js';
import { auroc } from '../../metrics/ranking/auroc.js';
import type { Plan, Values } from '../../scorer/policy/policy.js';
import { actionAt } from '../../scorer/policy/step.js';
import type { Outcome } from '../choose/outcome.js';
import { type CaseTable, statesOf } from '../table.js';
import type { StateLine } from './results.js';

/** Half the width around a cut-off, in probability, in which the decision counts as uncertain. */
const NEAR = 0.02;

/** What the policy does at each of its states, and how good the probabilities are there, on the certify cases. */
export function stateLines(
  plan: Plan,
  values: readonly Values[],
  certify: CaseTable,
  { outcome, names }: { outcome: Outcome; names: readonly string[] },
): StateLine[] {
  const all = certify.weight.reduce((sum, w) => sum + w, 0);
  return statesOf(plan.order, names).map((key, k) => {
    const { p, y } = certify.states.get(key)!;
    const here = [...p.keys()].filter((i) => outcome.depth[i] >= k);
    const mass = here.reduce((sum, i) => sum + certify.weight[i], 0);
    const share = (test: (i: number) => boolean) =>
      mass === 0 ? 0 : here.reduce((sum, i) => sum + (test(i) ? certify.weight[i] : 0), 0) / mass;
    const does = (action: string) => share((i) => actionAt(plan, k, p[i]) === action);
    const known = Int32Array.from([...p.keys()].filter((i) => p[i] >= 0));
    const of = (column: Float64Array) => Float64Array.from(known, (i) => column[i]);
    const area = auroc(of(p), of(y), of(certify.weight));
    const edges = plan.cuts[k].slice(1).map(({ from }) => from);
    return {
      bought: plan.order.slice(0, k),
      next: plan.order[k] ?? null,
      reached: mass / all,
      accept: does('accept'),
      buy: does('buy'),
      stop: does('stop'),
      logLoss: known.length === 0 ? null : logLoss(of(p), of(y), of(certify.weight)),
      auroc: Number.isNaN(area) ? null : area,
      cuts: plan.cuts[k],
      values: values[k] ?? null,
      uncertain: share((i) => edges.some((edge) => Math.abs(p[i] - edge) < NEAR)),
    };
  });
}
