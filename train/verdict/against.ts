import { compare } from '../../metrics/compare.js';
import type { Estimate } from '../../metrics/interval/interval.js';
import { metrics } from '../../metrics/list.js';
import { type Metric, metric } from '../../metrics/metric.js';
import type { Scored } from '../../metrics/scored.js';
import type { ComparedMeasure } from '../../report/evaluation/results.js';
import type { Random } from '../../support/random.js';

/** With fewer questions than this behind a difference, resampling cannot show how much it varies. */
const FEWEST = 5;

/** Two bundles on the same answers: probabilities, and 1 where a bundle accepts under a promise, else 0. */
interface Pair {
  answers: Omit<Scored, 'probability'> & { weight: Float64Array; group: Int32Array };
  ours: { probability: Float64Array; accepts: Float64Array };
  theirs: { probability: Float64Array; accepts: Float64Array };
  resamples: number;
  random: Random;
}

/**
 * All metrics, coverage and errors among accepted, of two bundles on the same answers: values, and differences with
 * paired 95% intervals (bootstrap over questions). The interval of coverage is left out if the bundles differ on fewer
 * than five questions, that of errors if fewer than five questions have an accepted wrong answer.
 */
export function comparedMeasures({ answers, ours, theirs, resamples, random }: Pair): ComparedMeasure[] {
  const between = (list: readonly Metric[], a: Float64Array, b: Float64Array) => {
    const predictors = { ours: a, theirs: b };
    const { metrics: values, differences } = compare({
      ...{ metrics: list, answers, predictors, reference: 'ours', random },
      options: { resamples },
    });
    return list.map((each) => measured(each, values, differences['theirs'][each.name]));
  };
  const [coverage, acceptedError] = between(acceptMetrics, ours.accepts, theirs.accepts);
  const { label, group } = answers;
  const questions = (isCounted: (row: number) => boolean) =>
    new Set(Array.from(group).filter((_, row) => isCounted(row))).size;
  const changed = questions((row) => ours.accepts[row] !== theirs.accepts[row]);
  const wrong = questions((row) => label[row] < 1 && ours.accepts[row] + theirs.accepts[row] > 0);
  return [
    changed < FEWEST ? withoutInterval(coverage) : coverage,
    wrong < FEWEST ? withoutInterval(acceptedError) : acceptedError,
    ...between(metrics, ours.probability, theirs.probability),
  ];
}

function measured(
  { name, better }: Metric,
  values: Record<'ours' | 'theirs' | string, Record<string, Estimate>>,
  difference: Estimate,
): ComparedMeasure {
  const { low, high } = difference;
  const isHigher = low !== null && low > 0;
  const isLower = high !== null && high < 0;
  const winner = isHigher === isLower ? null : isHigher === (better === 'higher') ? 'ours' : ('theirs' as const);
  return { name, better, ours: values['ours'][name], theirs: values['theirs'][name], difference, winner };
}

/** Only the values; used where too few answers show how much they vary. */
function withoutInterval(measure: ComparedMeasure): ComparedMeasure {
  const bare = ({ value }: Estimate): Estimate => ({ value, low: null, high: null });
  return { ...measure, difference: bare(measure.difference), winner: null };
}

/** Metrics of decisions: the `probability` of their table is 1 where the answer is accepted, else 0. */
const acceptMetrics: readonly Metric[] = [
  metric({
    name: 'coverage',
    better: 'higher',
    interval: 'percentile',
    prepare: share(
      () => 1,
      (_, accepts) => accepts,
    ),
  }),
  metric({
    name: 'acceptedError',
    better: 'lower',
    interval: 'percentile',
    prepare: share(
      (_, accepts) => accepts,
      (wrong, accepts) => wrong * accepts,
    ),
  }),
];

/** Σ w · part / Σ w · whole over a draw of questions, of two values of each answer. */
function share(
  whole: (wrong: number, accepts: number) => number,
  part: (wrong: number, accepts: number) => number,
): Metric['prepare'] {
  return (table) => {
    const { n, weight, group, groups, probability, label } = table;
    const sums = [part, whole].map((of) => {
      const sum = new Float64Array(groups);
      for (let i = 0; i < n; i++) sum[group[i]] += weight[i] * of(1 - label[i], probability[i]);
      return sum;
    });
    return (times) => {
      const [above, below] = sums.map((sum) => sum.reduce((total, each, g) => total + times[g] * each, 0));
      return above / below;
    };
  };
}
