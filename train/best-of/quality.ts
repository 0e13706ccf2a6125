import { eceDebiasedMetric } from '../../metrics/calibration/ece-debiased.js';
import { bootstrap } from '../../metrics/interval/bootstrap.js';
import { effectiveNumber } from '../../metrics/interval/effective-number.js';
import { meanOver } from '../../metrics/interval/group-means.js';
import type { Estimate } from '../../metrics/interval/interval.js';
import { pairedShare } from '../../metrics/interval/paired-share.js';
import { wilson } from '../../metrics/interval/wilson.js';
import { metric } from '../../metrics/metric.js';
import { logLossMetric } from '../../metrics/proper/log-loss.js';
import type { Random } from '../../support/random.js';
import { byQuestion, meanOf, questionWeights } from './by-question.js';
import type { Distribution, Truth } from './joint.js';
import type { Outcomes } from './outcome.js';
import type { JointQuality, PolicyQuality } from './results.js';

/** What is measured: the outcomes of a policy, and of the first answers to the same askings. */
interface Measured {
  outcomes: Outcomes;
  first: Outcomes;
  group: Int32Array;
  counted: 'all' | 'written';
  resamples: number;
  random: Random;
}

/** Shares and gain with intervals by question, and the probability of the chosen answers. */
export function policyQuality({
  outcomes,
  first,
  group,
  counted,
  resamples,
  random,
}: Measured): Omit<PolicyQuality, 'method' | 'of' | 'joint'> {
  const { weight } = outcomes;
  const grades = byQuestion(outcomes.grade, group, weight);
  const before = byQuestion(first.grade, group, weight);
  const heavy = questionWeights(group, weight);
  const gain = pairedShare(
    grades.map((grade, q) => grade - before[q]),
    { weight: heavy },
  );
  const accuracy = meanOf(grades, heavy);
  const tokens = tokensOf(outcomes, group, counted);
  const extra = tokens - tokensOf(first, group, counted);
  const scored = { probability: outcomes.probability, label: outcomes.grade, weight, group };
  const { logLoss, eceDebiased } = bootstrap([logLossMetric, eceDebiasedMetric], scored, random, { resamples });
  return {
    accuracy: { value: accuracy, ...wilson(accuracy, effectiveNumber(heavy)) },
    gain,
    logLoss,
    eceDebiased,
    tokens,
    gainPerThousand: extra > 0 ? scaled(gain, 1000 / extra) : null,
    tokensPerRight: extra > 0 ? inverse(gain, extra) : null,
  };
}

/** Mean tokens per question. */
export function tokensOf(outcomes: Outcomes, group: Int32Array, counted: 'all' | 'written'): number {
  const { promptTokens, completionTokens, weight } = outcomes;
  const all = counted === 'written' ? completionTokens : completionTokens.map((n, i) => n + promptTokens[i]);
  return meanOf(byQuestion(all, group, weight), questionWeights(group, weight));
}

/** The tokens count as known; only the gain is uncertain. */
function scaled({ value, low, high }: Estimate, by: number): Estimate {
  const times = (x: number | null) => (x === null ? null : x * by);
  return { value: times(value), low: times(low), high: times(high) };
}

/** Tokens per right answer. Where a gain is not above 0, no number of tokens buys one: null. */
function inverse({ value, low, high }: Estimate, tokens: number): Estimate {
  const per = (x: number | null) => (x === null || x <= 0 ? null : tokens / x);
  return { value: per(value), low: per(high), high: per(low) };
}

/** How good the joint probabilities are. Every hypothesis of an asking is one pair for the calibration error. */
export function jointQuality(
  distributions: readonly Distribution[],
  truths: readonly Truth[],
  { group, weight, resamples, random }: { group: Int32Array; weight: Float64Array; resamples: number; random: Random },
): JointQuality {
  const pairs = distributions.map(({ answers, none }, i) => ({
    p: [none, ...answers],
    t: [truths[i].none, ...truths[i].answers],
  }));
  const losses = Float64Array.from(pairs, ({ p, t }) =>
    t.reduce((loss, share, k) => (share > 0 ? loss - share * Math.log(Math.max(p[k], 1e-12)) : loss), 0),
  );
  const multiClass = metric({
    name: 'logLoss',
    better: 'lower',
    interval: 'percentile',
    prepare: (table) => meanOver(table, (row) => losses[row]),
  });
  const flat = {
    probability: Float64Array.from(pairs.flatMap(({ p }) => p)),
    label: Float64Array.from(pairs.flatMap(({ t }) => t)),
    weight: Float64Array.from(pairs.flatMap(({ p }, i) => p.map(() => weight[i]))),
    group: Int32Array.from(pairs.flatMap(({ p }, i) => p.map(() => group[i]))),
  };
  const rows = { probability: new Float64Array(losses.length), label: new Float64Array(losses.length), weight, group };
  return {
    logLoss: bootstrap([multiClass], rows, random, { resamples }).logLoss,
    eceDebiased: bootstrap([eceDebiasedMetric], flat, random, { resamples }).eceDebiased,
  };
}
