import { describe, expect, it } from 'vitest';
import { eceMetric } from '../../../metrics/calibration/ece.js';
import { eceDebiasedMetric } from '../../../metrics/calibration/ece-debiased.js';
import { compare } from '../../../metrics/compare.js';
import { bootstrap, drawsFor, replicateMetrics, replicates } from '../../../metrics/interval/bootstrap.js';
import { aboveNoise, basic, percentile, shifted } from '../../../metrics/interval/interval.js';
import { mainMetrics, metrics } from '../../../metrics/list.js';
import { brierMetric } from '../../../metrics/proper/brier.js';
import { logLossMetric } from '../../../metrics/proper/log-loss.js';
import { aurocMetric } from '../../../metrics/ranking/auroc.js';
import { tableOf } from '../../../metrics/scored.js';
import { random } from '../../../support/random.js';

const furtherMetrics = metrics.filter((metric) => !mainMetrics.includes(metric));

/** Questions of `per` answers whose labels agree with chance 1/2; probabilities are true unless `slope` bends them. */
function draw(seed: string, questions: number, per: number, slope = 1) {
  const r = random(seed);
  const n = questions * per;
  const probability = new Float64Array(n);
  const label = new Float64Array(n);
  const group = new Int32Array(n);
  let shared = 0;
  let level = 0;
  for (let i = 0; i < n; i++) {
    if (i % per === 0) [shared, level] = [r.next(), r.normal()];
    const logit = 0.8 + level + 0.7 * r.normal();
    probability[i] = 1 / (1 + Math.exp(-logit));
    label[i] = (r.next() < 0.5 ? shared : r.next()) < 1 / (1 + Math.exp(-slope * logit)) ? 1 : 0;
    group[i] = Math.floor(i / per);
  }
  return { probability, label, group };
}

describe('grouped bootstrap', () => {
  it('standard error of a mean is that of the group sums, not of the rows', () => {
    const scored = draw('se', 400, 5);
    const table = tableOf(scored);
    const [values] = replicates([brierMetric.prepare(table)], table.groups, random(1), 4000);
    const mean = values.reduce((a, b) => a + b, 0) / values.length;
    const spread = Math.sqrt(values.reduce((a, b) => a + (b - mean) ** 2, 0) / values.length);
    const sums = new Float64Array(400);
    scored.label.forEach((y, i) => {
      sums[scored.group[i]] += (y - scored.probability[i]) ** 2 / 5;
    });
    const middle = sums.reduce((a, b) => a + b, 0) / 400;
    const wanted = Math.sqrt(sums.reduce((a, b) => a + (b - middle) ** 2, 0)) / 400;
    expect(spread / wanted).toBeGreaterThan(0.96);
    expect(spread / wanted).toBeLessThan(1.04);
  });

  it('95% intervals of AUROC contain the truth in 90 to 99% of draws', () => {
    const truth = aurocMetric.of(draw('large', 40_000, 5));
    let held = 0;
    for (let k = 0; k < 150; k++) {
      const { auroc } = bootstrap([aurocMetric], draw(`a${k}`, 150, 5), random(k), { resamples: 200 });
      if (auroc.low !== null && auroc.low <= truth && truth <= (auroc.high as number)) held++;
    }
    expect(held).toBeGreaterThanOrEqual(135);
    expect(held).toBeLessThanOrEqual(149);
  });

  it.each([1, 0.8, 0.6])(
    'intervals of ECE, plain and debiased, hold the truth in at least 90% of draws (slope %s)',
    (slope) => {
      const large = draw('large', 40_000, 5, slope);
      const [plainTruth, debiasedTruth] = [eceMetric.of(large), eceDebiasedMetric.of(large)];
      const held = { ece: 0, eceDebiased: 0 };
      for (let k = 0; k < 100; k++) {
        const both = bootstrap([eceMetric, eceDebiasedMetric], draw(`e${k}`, 300, 5, slope), random(k), {
          resamples: 300,
        });
        for (const [name, truth] of [['ece', plainTruth] as const, ['eceDebiased', debiasedTruth] as const]) {
          const [low, value, high] = [both[name].low, both[name].value, both[name].high] as number[];
          expect(low <= value && value <= high).toBe(true);
          if (low <= truth && truth <= high) held[name]++;
        }
      }
      expect(held.ece).toBeGreaterThanOrEqual(90);
      expect(held.eceDebiased).toBeGreaterThanOrEqual(90);
    },
  );

  it.each([1, 0.6])(
    'intervals that take noise off hold the truth in at least 85% of draws, also with few resamples (slope %s)',
    (slope) => {
      const truth = bootstrap(furtherMetrics, draw('large', 40_000, 5, slope), random(1), { resamples: 1 });
      const names = ['brierCalibration', 'brierRefinement', 'eceMass', 'smoothEce', 'mce'];
      const asked = furtherMetrics.filter(({ name }) => names.includes(name));
      const held = Object.fromEntries(names.map((name) => [name, 0]));
      for (let k = 0; k < 60; k++) {
        const all = bootstrap(asked, draw(`c${k}`, 300, 5, slope), random(k), { resamples: 100 });
        for (const name of names) {
          const [low, value, high] = [all[name].low, all[name].value, all[name].high] as number[];
          expect(low <= high && (name === 'brierRefinement' || (low <= value && value <= high))).toBe(true);
          if (low <= truth[name].value! && truth[name].value! <= high) held[name]++;
        }
      }
      for (const name of names) expect(held[name], name).toBeGreaterThanOrEqual(51);
    },
  );

  it('a metric that asks for fewer draws gets the first of them', () => {
    const table = tableOf(draw('few', 40, 2));
    const statistic = brierMetric.prepare(table);
    const [all, few] = replicates([statistic, statistic], table.groups, random(3), 30, [30, 12]);
    expect([all.length, few.length]).toEqual([30, 12]);
    expect([...few]).toEqual([...all.subarray(0, 12)]);
  });

  it('draws as often as asked up to 50,000 rows, then less often, never fewer than 400 times', () => {
    expect([1, 50_000, 80_000, 200_000, 1e6, 1e9].map((rows) => drawsFor(rows, 2000))).toEqual([
      2000, 2000, 1250, 500, 400, 400,
    ]);
    expect(drawsFor(1e6, 100)).toBe(100);
  });

  it('of many rows the fewer draws are the first of the many', () => {
    const n = 125_000;
    const table = tableOf({
      probability: new Float64Array(n).fill(0.5),
      label: Float64Array.from({ length: n }, (_, i) => (i < 500 ? 1 : 0)),
      group: Int32Array.from({ length: n }, (_, i) => i % 3),
    });
    const [[{ resampled, value }]] = replicateMetrics([logLossMetric], [table], random(3), 1000);
    const [all] = replicates([logLossMetric.prepare(table)], table.groups, random(3), 1000);
    expect(resampled.length).toBe(800);
    expect([...resampled]).toEqual([...all.subarray(0, 800)]);
    expect(value).toBeCloseTo(Math.log(2), 10);
  });

  it('is the same for the same seed whatever was drawn before, and different for another seed', () => {
    const scored = draw('seed', 50, 3);
    const used = random(7);
    used.next();
    const once = bootstrap(metrics, scored, random(7), { resamples: 50 });
    expect(bootstrap(metrics, scored, used, { resamples: 50 })).toEqual(once);
    expect(bootstrap(metrics, scored, random(8), { resamples: 50 }).logLoss.low).not.toBe(once.logLoss.low);
  });

  it('gives null if a metric does not exist', () => {
    const scored = { probability: Float64Array.of(0.2, 0.7), label: Float64Array.of(1, 1) };
    expect(bootstrap([aurocMetric], scored, random(1), { resamples: 20 }).auroc).toEqual({
      value: null,
      low: null,
      high: null,
    });
  });
});

describe('paired differences', () => {
  const scored = draw('pair', 300, 4);
  const sharper = scored.probability.map((p) => 1 / (1 + ((1 - p) / p) ** 3));

  it('same resamples: the difference of a predictor from itself is 0 with no width', () => {
    const { differences } = compare({
      metrics: [logLossMetric],
      answers: scored,
      predictors: { a: scored.probability, b: scored.probability.slice() },
      reference: 'a',
      random: random(1),
      options: { resamples: 50 },
    });
    expect(differences.b.logLoss).toEqual({ value: 0, low: 0, high: 0 });
  });

  it('is narrower than the two single intervals, and shows differences that they cannot', () => {
    const nearby = scored.probability.map((p) => 0.97 * p + 0.01);
    const answers = { label: scored.label, group: scored.group };
    const { metrics: each, differences } = compare({
      metrics,
      answers,
      predictors: { ours: scored.probability, nearby, sharper },
      reference: 'ours',
      random: random(2),
      options: { resamples: 400 },
    });
    const width = ({ low, high }: { low: number | null; high: number | null }) => (high as number) - (low as number);
    expect(width(differences.nearby.logLoss)).toBeLessThan(width(each.ours.logLoss) / 5);
    expect(differences.sharper.logLoss.high).toBeLessThan(0);
    expect(differences.sharper.ece.high).toBeLessThan(0);
    expect(differences.sharper.auroc.value).toBeCloseTo(0, 12);
    expect(differences.nearby.logLoss.value).toBeCloseTo(
      (each.ours.logLoss.value as number) - (each.nearby.logLoss.value as number),
      12,
    );
    expect(Object.keys(differences)).toEqual(['nearby', 'sharper']);
  });
});

describe('intervals by hand', () => {
  const resampled = Float64Array.from({ length: 101 }, (_, i) => 100 - i);

  it('percentile, basic, above noise and shifted of 0…100', () => {
    const near = (value: number, low: number, high: number) => ({
      value,
      low: expect.closeTo(low, 9),
      high: expect.closeTo(high, 9),
    });
    expect(percentile(40, resampled, 0.9)).toEqual(near(40, 5, 95));
    expect(basic(40, resampled, 0.9)).toEqual(near(40, -15, 75));
    expect(shifted(40, resampled, 0.9)).toEqual(near(40, -5, 85));
    expect(aboveNoise(40, resampled, Float64Array.of(10, 30), 0.9)).toEqual(near(40, 11, 75));
    expect(aboveNoise(40, resampled, Float64Array.of(50, 60), 0.9)).toEqual(near(40, 0, 75));
  });

  it('draws in which the metric does not exist are left out', () => {
    expect(percentile(1, Float64Array.of(Number.NaN, 1, 3, Number.NaN), 0.5)).toEqual({
      value: 1,
      low: 1.5,
      high: 2.5,
    });
  });
});
