import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ece } from '../../metrics/calibration/ece.js';
import { eceDebiased } from '../../metrics/calibration/ece-debiased.js';
import { fullEceMetric } from '../../metrics/calibration/full-ece.js';
import { mceMetric } from '../../metrics/calibration/mce.js';
import { smoothEceMetric } from '../../metrics/calibration/smooth-ece.js';
import { spiegelhalter } from '../../metrics/calibration/spiegelhalter.js';
import { wilson } from '../../metrics/interval/wilson.js';
import { brier } from '../../metrics/proper/brier.js';
import { logLoss } from '../../metrics/proper/log-loss.js';
import { auprcErrorsMetric } from '../../metrics/ranking/auprc-errors.js';
import { auroc } from '../../metrics/ranking/auroc.js';
import { aurcMetric } from '../../metrics/selective/aurc.js';
import { eAurcMetric } from '../../metrics/selective/e-aurc.js';
import { prrMetric } from '../../metrics/selective/prr.js';
import { harmonicRate } from '../../metrics/special/harmonic.js';
import { normalCdf, normalQuantile } from '../../metrics/special/normal.js';
import { plain } from './plain.js';

const auprcErrors = plain(auprcErrorsMetric);
const aurc = plain(aurcMetric);
const eAurc = plain(eAurcMetric);
const prr = plain(prrMetric);
const smoothEce = plain(smoothEceMetric);
const mce = plain(mceMetric);

interface Case {
  name: string;
  ties: boolean;
  probability: number[];
  label: number[];
  soft: number[];
  weight: number[];
  hard: Record<string, number> & { spiegelhalter: { z: number; pvalue: number } };
  withSoft: Record<string, number>;
}

/** Made by test/fixtures/make/metrics.py with scikit-learn, relplot, uncertainty-calibration, netcal, torch-uncertainty, lm-polygraph and scipy. */
const peers = JSON.parse(readFileSync(new URL('../fixtures/metrics/peers.json', import.meta.url), 'utf8'));
const EXACT = 9;

describe.each(peers.cases as Case[])(
  '$name: agrees with independent libraries',
  ({ ties, hard, withSoft, ...data }) => {
    const p = Float64Array.from(data.probability);
    const y = Float64Array.from(data.label);
    const s = Float64Array.from(data.soft);
    const w = Float64Array.from(data.weight);

    it('scikit-learn: log-loss, Brier, AUROC, average precision, hard labels', () => {
      expect(logLoss(p, y)).toBeCloseTo(hard.logLoss, EXACT);
      expect(logLoss(p, y, w)).toBeCloseTo(hard.logLossWeighted, EXACT);
      expect(brier(p, y)).toBeCloseTo(hard.brier, EXACT);
      expect(brier(p, y, w)).toBeCloseTo(hard.brierWeighted, EXACT);
      expect(auroc(p, y)).toBeCloseTo(hard.auroc, EXACT);
      expect(auroc(p, y, w)).toBeCloseTo(hard.aurocWeighted, EXACT);
      expect(auprcErrors(p, y)).toBeCloseTo(hard.auprcErrors, EXACT);
      expect(auprcErrors(p, y, w)).toBeCloseTo(hard.auprcErrorsWeighted, EXACT);
    });

    it('scikit-learn: soft labels as a right and a wrong row', () => {
      expect(logLoss(p, s, w)).toBeCloseTo(withSoft.logLoss, EXACT);
      expect(brier(p, s, w)).toBeCloseTo(withSoft.brier, EXACT);
      expect(auroc(p, s, w)).toBeCloseTo(withSoft.auroc, EXACT);
      expect(auprcErrors(p, s, w)).toBeCloseTo(withSoft.auprcErrors, EXACT);
    });

    it("Kumar's code: ECE of equal width; equal mass and debiased where no ties straddle bins", () => {
      expect(ece(p, y)).toBeCloseTo(hard.eceWidth, EXACT);
      if (ties) return;
      expect(ece(p, y, undefined, 'mass')).toBeCloseTo(hard.eceMass, EXACT);
      expect(eceDebiased(p, y)).toBeCloseTo(hard.eceDebiased, EXACT);
    });

    it('relplot: smooth ECE to its bandwidth grid of 1/1024', () => {
      expect(Math.abs(smoothEce(p, y) - hard.smoothEce)).toBeLessThan(1 / 1024);
    });

    it('AURC, E-AURC and PRR as written out in numpy, where no ties leave the order open', () => {
      if (ties) return;
      expect(aurc(p, y)).toBeCloseTo(hard.aurc, EXACT);
      expect(eAurc(p, y)).toBeCloseTo(hard.eAurc, EXACT);
      expect(prr(p, y)).toBeCloseTo(hard.prr, EXACT);
    });

    it('netcal: ECE and MCE; torch-uncertainty: AURC by its trapezoid; lm-polygraph: PRR, where no ties leave it open', () => {
      if (ties) return;
      expect(ece(p, y)).toBeCloseTo(hard.eceNetcal, EXACT);
      expect(mce(p, y)).toBeCloseTo(hard.mce, EXACT);
      expect(prr(p, y)).toBeCloseTo(hard.prrPolygraph, EXACT);
      // The trapezoid rule halves the first and the last risk, over n − 1 steps.
      const surest = 1 - y[p.indexOf(Math.max(...p))];
      const all = 1 - y.reduce((sum, v) => sum + v, 0) / y.length;
      const trapezoid = (y.length * aurc(p, y) - (surest + all) / 2) / (y.length - 1);
      expect(trapezoid).toBeCloseTo(hard.aurcTrapezoid, EXACT);
    });

    it("Spiegelhalter's Z and its p-value", () => {
      const { z, pvalue } = spiegelhalter({ probability: p, label: y });
      expect(z).toBeCloseTo(hard.spiegelhalter.z, EXACT);
      expect(Math.log(pvalue)).toBeCloseTo(Math.log(hard.spiegelhalter.pvalue), EXACT);
    });
  },
);

it('netcal: Full-ECE is its ECE over all pairs, times the four options of an answer', () => {
  const { probability, right, fullEce: wanted } = peers.choices;
  const slice = Int32Array.from(right.keys(), (i: number) => Math.floor(i / 4));
  const pairs = { probability: Float64Array.from(probability), label: Float64Array.from(right), slice };
  expect(fullEceMetric.of(pairs)).toBeCloseTo(wanted, EXACT);
});

describe('agrees with scipy', () => {
  it('Φ, relative error below 1e-12 in the lower tail', () => {
    for (const [x, cdf] of peers.normalCdf) expect(Math.abs(normalCdf(x) / cdf - 1)).toBeLessThan(1e-12);
  });

  it('Φ⁻¹', () => {
    for (const [q, x] of peers.normalQuantile) expect(normalQuantile(q)).toBeCloseTo(x, 10);
  });

  it('differences of digamma: harmonic steps of whole and of broken length', () => {
    for (const [k, m, step] of peers.harmonic) expect(m * harmonicRate(k, m)).toBeCloseTo(step, 11);
  });

  it('Wilson intervals', () => {
    for (const [k, n, low, high] of peers.wilson) {
      expect(wilson(k / n, n).low).toBeCloseTo(low, 10);
      expect(wilson(k / n, n).high).toBeCloseTo(high, 10);
    }
  });
});
