import { describe, expect, it } from 'vitest';
import { smoothEceMetric } from '../../../metrics/calibration/smooth-ece.js';
import { chanceGiven, groupCorrelation, softness } from '../../../metrics/perfect/group-correlation.js';
import { perfectRange } from '../../../metrics/perfect/perfect.js';
import { labelSimulator } from '../../../metrics/perfect/simulate-labels.js';
import { tableOf } from '../../../metrics/scored.js';
import { normalCdf, normalQuantile } from '../../../metrics/special/normal.js';
import { quickNormalCdf } from '../../../metrics/special/quick-normal.js';
import { random } from '../../../support/random.js';

/** Answers to questions of `per`, labels from a one-factor model of correlation `rho`; the probabilities' logits times `slope`. */
function draw(seed: string, questions: number, per: number, rho: number, slope = 1) {
  const r = random(seed);
  const n = questions * per;
  const logits = Float64Array.from({ length: n }, () => 0.8 + 1.3 * r.normal());
  const group = Int32Array.from({ length: n }, (_, i) => Math.floor(i / per));
  const label = new Float64Array(n);
  let factor = 0;
  for (let i = 0; i < n; i++) {
    if (i % per === 0) factor = r.normal();
    const hidden = Math.sqrt(rho) * factor + Math.sqrt(1 - rho) * r.normal();
    label[i] = hidden < normalQuantile(1 / (1 + Math.exp(-logits[i]))) ? 1 : 0;
  }
  const probability = logits.map((z) => 1 / (1 + Math.exp(-slope * z)));
  return { probability, label, group, slice: Int32Array.from(group.keys(), (i) => 10 + (i % 3)) };
}

describe('correlation within a question', () => {
  it.each([0, 0.1, 0.4, 0.8])('is recovered: ρ = %s', (rho) => {
    expect(groupCorrelation(tableOf(draw('rho', 6000, 5, rho)))).toBeCloseTo(rho, 1);
  });

  it('is 0 if each question has one answer, or residuals are negatively correlated', () => {
    expect(groupCorrelation(tableOf(draw('one', 500, 1, 0)))).toBe(0);
    const probability = new Float64Array(40).fill(0.5);
    const label = Float64Array.from({ length: 40 }, (_, i) => i % 2);
    const group = Int32Array.from({ length: 40 }, (_, i) => i >> 1);
    expect(groupCorrelation(tableOf({ probability, label, group }))).toBe(0);
  });

  it('copies of an answer are fully correlated', () => {
    const probability = new Float64Array(400).fill(0.7);
    const label = Float64Array.from({ length: 400 }, (_, i) => ((i >> 1) % 10 < 7 ? 1 : 0));
    const group = Int32Array.from({ length: 400 }, (_, i) => i >> 1);
    expect(groupCorrelation(tableOf({ probability, label, group }))).toBeGreaterThan(0.98);
  });

  it('the chance given the factor averages to the probability', () => {
    for (const p of [0.02, 0.5, 0.93]) {
      let [sum, mass] = [0, 0];
      for (let a = -7; a <= 7; a += 0.05) {
        const density = Math.exp((-a * a) / 2);
        sum += density * chanceGiven(normalQuantile(p), a, 0.37);
        mass += density;
      }
      expect(sum / mass).toBeCloseTo(p, 5);
    }
  });

  it('Φ from the table equals Φ to 5e-7', () => {
    for (let x = -9; x <= 9; x += 0.0371) expect(Math.abs(quickNormalCdf(x) - normalCdf(x))).toBeLessThan(5e-7);
  });

  it('soft labels: their variation around the probabilities relative to that of hard labels', () => {
    const probability = Float64Array.of(0.5, 0.5);
    expect(softness(tableOf({ probability, label: Float64Array.of(1, 0) }))).toBe(1);
    expect(softness(tableOf({ probability, label: Float64Array.of(0.75, 0.25) }))).toBeCloseTo(0.5, 12);
  });
});

it('simulated labels: shares equal the probabilities, the correlation is the requested one, the seed determines all', () => {
  const scored = draw('sim', 1500, 4, 0);
  const table = tableOf(scored);
  const simulate = labelSimulator(table, 0.5, random(5));
  const mean = new Float64Array(table.n);
  for (let d = 0; d < 300; d++) {
    simulate().forEach((y, i) => {
      mean[i] += y / 300;
    });
  }
  const excess = mean.map(
    (m, i) => (m - table.probability[i]) / Math.sqrt((table.probability[i] * (1 - table.probability[i])) / 300),
  );
  expect(excess.reduce((sum, z) => sum + z, 0) / table.n).toBeCloseTo(0, 1);
  expect(excess.reduce((sum, z) => sum + z * z, 0) / table.n).toBeCloseTo(1, 1);
  const label = Float64Array.from(simulate());
  expect(Math.abs(groupCorrelation({ ...table, label }) - 0.5)).toBeLessThan(0.1);
  expect([...labelSimulator(table, 0.5, random(5))()]).toEqual([...labelSimulator(table, 0.5, random(5))()]);
});

describe('the range of a perfect predictor', () => {
  const options = { draws: 150, level: 0.99, minimumRows: 200 };

  it.each([
    [300, 4, 0],
    [200, 6, 0.5],
  ])('holds a truly perfect one about 99 times in 100 (%s questions of %s, ρ = %s)', (questions, per, rho) => {
    let [smooth, slice] = [0, 0];
    for (let k = 0; k < 100; k++) {
      const range = perfectRange(draw(`p${k}`, questions, per, rho), options, random(k));
      if (range.smoothEce.inside) smooth++;
      if (range.worstSliceEce?.inside) slice++;
    }
    expect(smooth).toBeGreaterThanOrEqual(94);
    expect(slice).toBeGreaterThanOrEqual(94);
  });

  it.each([1, 5])('an overconfident predictor is above it: logits × 1.5, 5,000 answers, questions of %s', (per) => {
    const range = perfectRange(draw('over', 5000 / per, per, per === 1 ? 0 : 0.3, 1.5), options, random(2));
    expect(range.smoothEce.inside).toBe(false);
    expect(range.smoothEce.value).toBeGreaterThan(1.5 * range.smoothEce.high);
    expect(range.worstSliceEce?.inside).toBe(false);
  });

  it('ignoring the correlation would make the range too narrow', () => {
    const scored = draw('wide', 300, 8, 0.6);
    const apart = { ...scored, group: undefined };
    const [held, loose] = [scored, apart].map((one) => perfectRange(one, options, random(3)));
    expect(held.smoothEce.high).toBeGreaterThan(1.1 * loose.smoothEce.high);
    expect(loose.correlation).toBe(0);
  });

  it("gives the predictor's values: smooth ECE as the metric, the worst slice by its own number, small slices left out", () => {
    const scored = draw('values', 500, 2, 0);
    scored.slice.fill(12, 0, 150).fill(11, 150, 600).fill(10, 600);
    scored.label.fill(0, 0, 150).fill(1, 600, 800);
    const range = perfectRange(scored, options, random(4));
    expect(range.smoothEce.value).toBeCloseTo(smoothEceMetric.of(scored), 9);
    expect(range.worstSliceEce?.slice).toBe(10);
    expect(perfectRange(scored, { ...options, minimumRows: 2000 }, random(4)).worstSliceEce).toBeNull();
  });

  it('is the same for the same seed', () => {
    const scored = draw('same', 100, 3, 0.2);
    expect(perfectRange(scored, options, random(9))).toEqual(perfectRange(scored, options, random(9)));
  });
});
