import { replicates } from '../../metrics/interval/bootstrap.js';
import { meanOver } from '../../metrics/interval/group-means.js';
import { type Estimate, percentile } from '../../metrics/interval/interval.js';
import type { Resampled } from '../../metrics/metric.js';
import { tableOf } from '../../metrics/scored.js';
import type { Plan } from '../../scorer/policy/policy.js';
import type { Random } from '../../support/random.js';
import { costsOf, type Outcome, outcomeOf, spentOf } from '../choose/outcome.js';
import type { Economy } from '../economy.js';
import type { CaseTable } from '../table.js';
import type { Way } from './results.js';

/** A plan to compare with the policy. */
export interface Rival {
  name: string;
  plan: Plan;
  certified: boolean;
}

const LEVEL = 0.95;

/** The policy (the first) and its rivals on the certify cases, with intervals by question on common draws. */
export function waysOf(
  rivals: readonly Rival[],
  certify: CaseTable,
  economy: Economy,
  { random, resamples }: { random: Random; resamples: number },
): Way[] {
  const outcomes = rivals.map(({ plan }) => outcomeOf(plan, certify, economy.names));
  const costs = rivals.map(({ plan }, r) => costsOf(plan, outcomes[r], economy));
  const table = tableOf({
    probability: certify.weight,
    label: certify.weight,
    weight: certify.weight,
    group: certify.group,
  });
  const mean = (values: ArrayLike<number>) => meanOver(table, (i) => values[i]);
  return rivals.map(({ name, plan, certified }, r) => {
    const outcome = outcomes[r];
    const spent = spentOf(plan, economy);
    const statistics = [
      mean(Float64Array.from(outcome.depth, (k) => spent[k])),
      mean(costs[r]),
      mean(outcome.accepted),
      errorOf(outcome, mean),
      mean(costs[r].map((cost, i) => cost - costs[0][i])),
    ];
    const drawn = replicates(statistics, table.groups, random, resamples);
    const once = new Float64Array(table.groups).fill(1);
    const [signals, total, coverage, error, saved] = statistics.map(
      (statistic, s): Estimate => percentile(statistic(once), drawn[s], LEVEL),
    );
    return { name, order: [...plan.order], signals, total, coverage, error, certified, saved: r === 0 ? null : saved };
  });
}

/** Share of wrong answers among the accepted. */
function errorOf({ accepted, y }: Outcome, mean: (values: ArrayLike<number>) => Resampled): Resampled {
  const wrong = mean(Float64Array.from(accepted, (a, i) => (a ? 1 - y[i] : 0)));
  const all = mean(accepted);
  return (times) => wrong(times) / all(times);
}
