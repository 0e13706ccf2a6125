import { describe, expect, it } from 'vitest';
import { equalMassBins, equalWidthBins } from '../../metrics/calibration/bins.js';
import { ece } from '../../metrics/calibration/ece.js';
import { eceDebiased } from '../../metrics/calibration/ece-debiased.js';
import { fullEceMetric } from '../../metrics/calibration/full-ece.js';
import { mceMetric } from '../../metrics/calibration/mce.js';
import { reliability } from '../../metrics/calibration/reliability.js';
import { spiegelhalter } from '../../metrics/calibration/spiegelhalter.js';
import { logLoss } from '../../metrics/proper/log-loss.js';
import { auprcErrorsMetric } from '../../metrics/ranking/auprc-errors.js';
import { auroc } from '../../metrics/ranking/auroc.js';
import { aurocWithin } from '../../metrics/ranking/auroc-within.js';
import { accuracyAtCoverage } from '../../metrics/selective/accuracy-at-coverage.js';
import { aurcMetric } from '../../metrics/selective/aurc.js';
import { eAurcMetric } from '../../metrics/selective/e-aurc.js';
import { prrMetric } from '../../metrics/selective/prr.js';
import { riskCoverage } from '../../metrics/selective/risk-coverage.js';
import { plain } from './plain.js';

const auprcErrors = plain(auprcErrorsMetric);
const aurc = plain(aurcMetric);
const eAurc = plain(eAurcMetric);
const prr = plain(prrMetric);
const mce = plain(mceMetric);

const of = (...values: number[]) => Float64Array.from(values);
/** Four answers from surest down: right, wrong, right, wrong. */
const p = of(0.9, 0.8, 0.7, 0.6);
const y = of(1, 0, 1, 0);

describe('known values worked by hand', () => {
  it('log-loss: ln 2 for a coin; a certain mistake costs −ln 1e-12; a certain hit nothing', () => {
    expect(logLoss(of(0.5), of(1))).toBeCloseTo(Math.LN2, 12);
    expect(logLoss(of(1), of(0))).toBeCloseTo(-Math.log(1e-12), 4);
    expect(logLoss(of(0), of(0))).toBeCloseTo(0, 11);
    expect(logLoss(of(0.5, 0.25), of(1, 0), of(3, 1))).toBeCloseTo((3 * Math.LN2 - Math.log(0.75)) / 4, 12);
  });

  it('AUROC: 3 of the 4 pairs are in order; ties count half; NaN with one class', () => {
    expect(auroc(p, y)).toBeCloseTo(0.75, 12);
    expect(auroc(of(1, 1, 0), of(1, 0, 0))).toBeCloseTo(0.75, 12);
    expect(auroc(p, of(1, 1, 1, 1))).toBeNaN();
  });

  it('AUROC within slices: 1 in a slice of three, 0 in one of two, none with one class: 3/5', () => {
    const score = of(0.9, 0.1, 0.2, 0.3, 0.4, 0.99);
    const label = of(1, 0, 0, 1, 0, 1);
    const slice = Int32Array.of(7, 7, 7, -1, -1, 40);
    expect(aurocWithin(score, label, slice)).toBeCloseTo(3 / 5, 12);
    expect(aurocWithin(of(0.2, 0.1), of(1, 1), Int32Array.of(0, 0))).toBeNaN();
  });

  it('average precision of errors: found at ranks 1 and 3 of the suspects', () => {
    expect(auprcErrors(p, y)).toBeCloseTo((1 + 2 / 3) / 2, 12);
    expect(auprcErrors(p, of(1, 1, 1, 1))).toBeNaN();
  });

  it('AURC: risks 0, 1/2, 1/3, 1/2; the best order has 0, 0, 1/3, 1/2; PRR from both', () => {
    expect(aurc(p, y)).toBeCloseTo((1 / 2 + 1 / 3 + 1 / 2) / 4, 12);
    expect(eAurc(p, y)).toBeCloseTo(1 / 2 / 4, 12);
    expect(prr(p, y)).toBeCloseTo((1 / 2 - 1 / 3) / (1 / 2 - 5 / 24), 12);
  });

  it('AURC of a full tie is the share of errors, whatever the order of rows', () => {
    expect(aurc(of(0.5, 0.5, 0.5, 0.5), of(1, 0, 0, 1))).toBeCloseTo(0.5, 12);
    expect(aurc(of(0.5, 0.5, 0.5, 0.5), of(0, 0, 1, 1))).toBeCloseTo(0.5, 12);
  });

  it('AURC: a weight of 2 is two answers; half a weight is half a step of the harmonic numbers', () => {
    expect(aurc(of(0.9, 0.5), of(1, 0), of(2, 2))).toBeCloseTo((0 + 0 + 1 / 3 + 2 / 4) / 4, 11);
    // H(1.5) = 1/1.5 + H(0.5), H(0.5) = 2 − 2 ln 2: errors (K + j − 1)/(K + j) over a step of one half at K = 1.
    const half = 0.5 - (2 / 3 + (2 - 2 * Math.LN2) - 1);
    expect(aurc(of(0.9, 0.5), of(1, 0), of(1, 0.5))).toBeCloseTo(half / 1.5, 11);
  });

  it('Full-ECE: two answers over two options, gaps summed over both options of an answer', () => {
    const pairs = { probability: of(0.9, 0.1, 0.8, 0.2), label: of(1, 0, 0, 1), slice: Int32Array.of(0, 0, 1, 1) };
    expect(fullEceMetric.of(pairs)).toBeCloseTo((0.1 + 0.1 + 0.8 + 0.8) / 2, 12);
    expect(fullEceMetric.of({ ...pairs, weight: of(3, 3, 1, 1) })).toBeCloseTo((3 * 0.2 + 1.6) / 4, 12);
    expect(fullEceMetric.of({ ...pairs, slice: Int32Array.of(0, 0, 0, 0) })).toBeCloseTo(1.8, 12);
  });

  it('accuracy at coverage: whole rows, a part of a row, a part of a tie', () => {
    expect(accuracyAtCoverage(p, y, 0.5)).toBeCloseTo(1 / 2, 12);
    expect(accuracyAtCoverage(p, y, 0.8)).toBeCloseTo((1 + 0 + 1 + 0) / 3.2, 12);
    expect(accuracyAtCoverage(of(0.9, 0.5, 0.5, 0.5), of(1, 0, 1, 0), 0.5)).toBeCloseTo((1 + 1 / 3) / 2, 12);
    expect(accuracyAtCoverage(p, y, 1)).toBeCloseTo(1 / 2, 12);
  });

  it('risk–coverage: one point per distinct probability, the last accepts all', () => {
    expect(riskCoverage(p, y)).toEqual([
      { coverage: 0.25, risk: 0, threshold: 0.9 },
      { coverage: 0.5, risk: 1 / 2, threshold: 0.8 },
      { coverage: 0.75, risk: 1 / 3, threshold: 0.7 },
      { coverage: 1, risk: 1 / 2, threshold: 0.6 },
    ]);
    expect(riskCoverage(p, y, undefined, 2).map(({ coverage }) => coverage)).toEqual([0.5, 1]);
  });

  it('bins of equal width are right-closed, also at edges that round badly; bins of equal mass keep ties together', () => {
    const edges = Float64Array.from({ length: 15 }, (_, b) => (b + 1) / 15);
    expect([...equalWidthBins(edges)]).toEqual([...edges.keys()]);
    expect([...equalWidthBins(of(0, 1e-9, 1))]).toEqual([0, 0, 14]);
    expect([...equalMassBins(of(0.1, 0.2, 0.2, 0.3), of(1, 1, 1, 1), 2)]).toEqual([0, 1, 1, 1]);
  });

  it('ECE and MCE of two bins: gaps .1 of three rows and .7 of one', () => {
    const probability = of(0.9, 0.9, 0.9, 0.3);
    const label = of(1, 1, 1, 1);
    expect(ece(probability, label)).toBeCloseTo((3 * 0.1 + 0.7) / 4, 12);
    expect(mce(probability, label)).toBeCloseTo(0.7, 12);
    expect(ece(probability, label, of(1, 1, 1, 0))).toBeCloseTo(0.1, 12);
  });

  it('debiased ECE in one bin: gap² less the variance of the share right, rows of a question counted once', () => {
    const probability = of(0.8, 0.8, 0.8, 0.8);
    const label = of(1, 0, 0, 0);
    const square = (0.8 - 0.25) ** 2;
    expect(eceDebiased(probability, label)).toBeCloseTo(Math.sqrt(square - (0.25 * 0.75) / 3), 12);
    // Questions {1, 0} and {0, 0}: residual sums .5 and −.5 over 4 rows, times 2/(2 − 1).
    const variance = ((0.5 ** 2 + 0.5 ** 2) / 16) * 2;
    expect(eceDebiased(probability, label, undefined, Int32Array.of(5, 5, 9, 9))).toBeCloseTo(
      Math.sqrt(square - variance),
      12,
    );
    expect(eceDebiased(of(0.5, 0.5), of(1, 0))).toBe(0);
  });

  it('Spiegelhalter: one over-sure mistake; a question of equal rows counts once', () => {
    expect(spiegelhalter({ probability: of(0.9), label: of(0) }).z).toBeCloseTo(
      (0.9 * 0.8) / Math.sqrt(0.64 * 0.09),
      12,
    );
    const rows = { probability: of(0.9, 0.9, 0.8, 0.8), label: of(0, 0, 1, 1), group: Int32Array.of(0, 0, 1, 1) };
    const [a, b] = [2 * 0.72, 2 * 0.2 * -0.6];
    expect(spiegelhalter(rows).z).toBeCloseTo((a + b) / Math.hypot(a, b), 12);
  });

  it('reliability: the band of copied rows is that of the questions', () => {
    const questions = { probability: new Float64Array(10).fill(0.6), label: of(1, 1, 1, 1, 1, 1, 0, 0, 0, 0) };
    const copied = {
      probability: new Float64Array(30).fill(0.6),
      label: Float64Array.from({ length: 30 }, (_, i) => questions.label[Math.floor(i / 3)]),
      group: Int32Array.from({ length: 30 }, (_, i) => Math.floor(i / 3)),
    };
    const [one] = reliability(questions);
    const [three] = reliability(copied);
    expect(one.right).toBeCloseTo(0.6, 12);
    expect(one.low).toBeCloseTo(0.3127, 4);
    expect([three.low, three.high]).toEqual([expect.closeTo(one.low, 9), expect.closeTo(one.high, 9)]);
    expect(three.rows).toBe(30);
  });
});
