import { describe, expect, it } from 'vitest';
import { reliabilityCurve } from '../../metrics/calibration/reliability-curve.js';
import { smoothEceMetric } from '../../metrics/calibration/smooth-ece.js';
import { GRID, kernelAt } from '../../metrics/calibration/smoothing.js';
import { effectiveTrials, ShareCounter, shareInterval } from '../../metrics/interval/share-interval.js';
import { wilson } from '../../metrics/interval/wilson.js';
import { accuracyAtCoverage } from '../../metrics/selective/accuracy-at-coverage.js';
import { oracleRisk, riskBand } from '../../metrics/selective/risk-band.js';
import { random } from '../../support/random.js';

function drawn(n: number, seed: number, right = (p: number) => p) {
  const draw = random(seed);
  const probability = Float64Array.from({ length: n }, () => draw.next());
  return { probability, label: probability.map((p) => (draw.next() < right(p) ? 1 : 0)) };
}

describe('the interval of a share', () => {
  it('counts rows of different questions as trials, and rows of one question that agree as one', () => {
    const alone = new ShareCounter(8);
    for (let g = 0; g < 8; g++) alone.add(g, 1, g < 6 ? 1 : 0);
    expect(effectiveTrials(alone)).toBeCloseTo(8, 9);
    expect(shareInterval(alone, 0.95)).toEqual(wilson(0.75, effectiveTrials(alone)));
    const copied = new ShareCounter(8);
    for (let copy = 0; copy < 3; copy++) for (let g = 0; g < 8; g++) copied.add(g, 1, g < 6 ? 1 : 0);
    expect(effectiveTrials(copied)).toBeCloseTo(8, 9);
    const agreed = new ShareCounter(4);
    for (let row = 0; row < 12; row++) agreed.add(row % 4, 1, 1);
    expect(effectiveTrials(agreed)).toBeCloseTo(4, 9);
  });
});

describe('the risk band', () => {
  it('is around 1 − accuracy at each coverage, ends at the share of errors, and has width where nothing is wrong', () => {
    const { probability, label } = drawn(200, 1);
    for (let i = 0; i < 200; i++) if (probability[i] > 0.8) label[i] = 1;
    const band = riskBand({ probability, label }, random(2));
    expect(band.length).toBe(40);
    for (const { coverage, risk, low, high } of band) {
      expect(risk).toBeCloseTo(1 - accuracyAtCoverage(probability, label, coverage), 12);
      expect(low).toBeLessThanOrEqual(risk);
      expect(high).toBeGreaterThan(risk);
    }
    expect(band[0].risk).toBe(0);
    expect(band[0].high).toBeCloseTo(wilson(0, 5).high, 6);
  });

  it('counts equal answers to one question once', () => {
    const group = Int32Array.from({ length: 60 }, (_, i) => Math.floor(i / 3));
    const probability = Float64Array.from(group, (g) => 1 - g / 20);
    const label = Float64Array.from(group, (g) => (g < 10 ? 1 : 0));
    const { risk, high } = riskBand({ probability, label, group }, random(2))[9];
    expect(risk).toBe(0);
    expect(high).toBeCloseTo(wilson(0, 5).high, 9); // a quarter of the answers: 15, to 5 questions
  });

  it('has no coverage of less than one answer', () => {
    const { probability, label } = drawn(4, 3);
    expect(riskBand({ probability, label }, random(1)).map(({ coverage }) => coverage)[0]).toBe(0.25);
  });

  it('has an oracle that is wrong only where no right answer is left: 1 − right / coverage', () => {
    const label = Float64Array.from({ length: 40 }, (_, i) => (i < 24 ? 1 : 0));
    for (const { coverage, risk } of oracleRisk({ probability: label, label })) {
      expect(risk).toBeCloseTo(Math.max(0, 1 - 0.6 / coverage), 9);
    }
  });
});

describe('the smooth reliability curve', () => {
  it('has the kernel of the smooth ECE: at its bandwidth, the smoothed residuals have that area', () => {
    const { probability, label } = drawn(60, 4, (p) => p * p);
    const sigma = smoothEceMetric.of({ probability, label });
    const residual = new Float64Array(GRID + 1);
    probability.forEach((p, i) => {
      residual[Math.round(p * GRID)] += (label[i] - p) / 60;
    });
    let area = 0;
    for (let at = 0; at <= GRID; at += 5) {
      const kernel = kernelAt(at, sigma);
      const smoothed = residual.reduce((sum, r, j) => sum + r * kernel[j], 0);
      area += Math.abs(smoothed) * (at === 0 || at === GRID ? 2.5 : 5);
    }
    expect(area / GRID).toBeCloseTo(sigma, 2);
  });

  it('is the diagonal for answers that are right as often as predicted, and leaves it where they are not', () => {
    const calibrated = Float64Array.from({ length: 400 }, (_, i) => (i % 20) / 20 + 0.025);
    const exact = reliabilityCurve({ probability: calibrated, label: calibrated.slice() }, random(1), 50);
    for (const { predicted, right } of exact) expect(right).toBeCloseTo(predicted, 9);
    const half = reliabilityCurve({ probability: calibrated, label: calibrated.map(() => 0.5) }, random(1), 50);
    expect(half[0].right).toBeGreaterThan(0.3);
    expect(half[half.length - 1].right).toBeLessThan(0.7);
  });

  it('suits few answers: it stays in [0, 1], with a wide band that has width even where all are right', () => {
    const probability = Float64Array.from({ length: 18 }, (_, i) => 0.7 + i / 60);
    const curve = reliabilityCurve({ probability, label: new Float64Array(18).fill(1) }, random(1), 100);
    expect(curve.length).toBeGreaterThan(10);
    for (const { right, low, high } of curve) {
      expect(right).toBeLessThanOrEqual(1);
      expect(high - low).toBeGreaterThan(0.1);
    }
  });

  it('has one point where all probabilities are equal, and none without answers', () => {
    const probability = new Float64Array(30).fill(0.4);
    const label = Float64Array.from({ length: 30 }, (_, i) => (i % 3 === 0 ? 1 : 0));
    const [point, ...more] = reliabilityCurve({ probability, label }, random(1), 100);
    expect(more).toEqual([]);
    expect(point.predicted).toBe(0.4);
    expect(point.right).toBeCloseTo(1 / 3, 9);
    const none = { probability: new Float64Array(), label: new Float64Array() };
    expect(reliabilityCurve(none, random(1))).toEqual([]);
  });
});
