import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pav } from '../../metrics/calibration/pav.js';
import { smoothEceMetric } from '../../metrics/calibration/smooth-ece.js';
import { metrics } from '../../metrics/list.js';
import { auroc } from '../../metrics/ranking/auroc.js';

const row = fc.record({
  probability: fc.integer({ min: 0, max: 20 }).map((k) => k / 20),
  label: fc.constantFrom(0, 0, 1, 1, 0.25),
  weight: fc.integer({ min: 0, max: 3 }),
  group: fc.integer({ min: 0, max: 6 }),
  slice: fc.integer({ min: 0, max: 2 }),
});
const rows = fc.array(row, { minLength: 2, maxLength: 40 }).filter((all) => all.some(({ weight }) => weight > 0));
type Row = { probability: number; label: number; weight: number; group: number; slice: number };

const columns = (all: Row[]) => ({
  probability: Float64Array.from(all, (r) => r.probability),
  label: Float64Array.from(all, (r) => r.label),
  weight: Float64Array.from(all, (r) => r.weight),
  group: Int32Array.from(all, (r) => r.group),
  slice: Int32Array.from(all, (r) => r.slice),
});

const equalMass = ['eceDebiased', 'eceMass'];

describe('holds for any answers', () => {
  it('AUROC is the weighted share of right–wrong pairs in order, ties half', () => {
    fc.assert(
      fc.property(rows, (all) => {
        let pairs = 0;
        let inOrder = 0;
        for (const a of all) {
          for (const b of all) {
            const w = a.weight * a.label * b.weight * (1 - b.label);
            pairs += w;
            inOrder += w * (a.probability > b.probability ? 1 : a.probability === b.probability ? 0.5 : 0);
          }
        }
        const { probability, label, weight } = columns(all);
        const value = auroc(probability, label, weight);
        if (pairs === 0) expect(value).toBeNaN();
        else expect(value).toBeCloseTo(inOrder / pairs, 10);
      }),
    );
  });

  it.each(metrics.filter(({ name }) => name !== 'eceDebiased').map((metric) => [metric.name, metric] as const))(
    '%s: the order of rows does not matter, and a weight of k is k copies of the row',
    (_, metric) => {
      fc.assert(
        fc.property(rows, (all) => {
          const value = metric.of(columns(all));
          const copies = all.flatMap((r) => Array.from({ length: r.weight }, () => ({ ...r, weight: 1 })));
          const again = metric.of(columns(copies.reverse()));
          if (Number.isNaN(value)) expect(again).toBeNaN();
          else expect(again).toBeCloseTo(value, 10);
        }),
      );
    },
  );

  it.each(metrics.map((metric) => [metric.name, metric] as const))(
    '%s: drawing groups is the same as repeating them under new names, bins kept',
    (name, metric) => {
      // Equal-mass bins are laid out once on the answers as they are, so those are asked for groups drawn once each.
      fc.assert(
        fc.property(rows, fc.array(fc.integer({ min: 0, max: 2 }), { minLength: 7, maxLength: 7 }), (all, draws) => {
          const scored = columns(all);
          const names = [...new Set(scored.group)];
          const times = Float64Array.from(names, (g) => (equalMass.includes(name) ? 1 : draws[g]));
          const table = { ...scored, n: all.length, groups: names.length, slices: 3 };
          table.group = scored.group.map((g) => names.indexOf(g));
          const drawn = metric.prepare(table)(times);
          const repeated = all.flatMap((r, i) =>
            Array.from({ length: times[table.group[i]] }, (_, k) => ({ ...r, group: r.group + 100 * k })),
          );
          if (repeated.every(({ weight }) => weight === 0)) return;
          const value = metric.of(columns(repeated));
          if (Number.isNaN(value)) expect(drawn).toBeNaN();
          else expect(metric.read === undefined ? drawn : metric.read(drawn)).toBeCloseTo(value, 10);
        }),
      );
    },
  );

  it('pooling adjacent violators: increasing, keeps the mean, changes nothing that is already increasing', () => {
    fc.assert(
      fc.property(rows, (all) => {
        const { probability, label } = columns(all);
        const weight = Float64Array.from(all, (r) => r.weight + 1);
        const fitted = pav(probability, label, weight);
        const mean = (values: Float64Array) => values.reduce((sum, v, i) => sum + v * weight[i], 0);
        expect(mean(fitted)).toBeCloseTo(mean(label), 9);
        for (let i = 0; i < all.length; i++) {
          for (let j = 0; j < all.length; j++) {
            if (probability[i] < probability[j]) expect(fitted[i]).toBeLessThanOrEqual(fitted[j] + 1e-12);
          }
        }
        expect([...pav(probability, fitted, weight)]).toEqual([...fitted].map((v) => expect.closeTo(v, 12)));
      }),
    );
  });

  it('smooth ECE lies between the overall gap and the mean gap of single rows', () => {
    fc.assert(
      fc.property(rows, (all) => {
        const { probability, label } = columns(all);
        const gaps = label.map((v, i) => v - probability[i]);
        const value = smoothEceMetric.of({ probability, label });
        const n = all.length;
        expect(value).toBeGreaterThanOrEqual(Math.abs(gaps.reduce((a, b) => a + b, 0)) / n - 2e-3);
        expect(value).toBeLessThanOrEqual(gaps.reduce((a, b) => a + Math.abs(b), 0) / n + 2e-3);
      }),
      { numRuns: 20 },
    );
  });

  it('the lists name each metric of report.json once, in order', () => {
    expect(metrics.map(({ name, better }) => `${name} ${better}`)).toEqual([
      'logLoss lower',
      'brier lower',
      'auroc higher',
      'aurocWithin higher',
      'ece lower',
      'eceDebiased lower',
      'accuracyAtCoverage higher',
      'brierCalibration lower',
      'brierRefinement lower',
      'eceMass lower',
      'smoothEce lower',
      'mce lower',
      'auprcErrors higher',
      'aurc lower',
      'eAurc lower',
      'prr higher',
    ]);
  });
});
