import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { afterQuestion, detectorMean, startDetector } from '../../../monitor/promise/detector.js';
import { eBh } from '../../../monitor/promise/e-bh.js';
import { labelsToDecide } from '../../../monitor/promise/labels-to-decide.js';
import { stakesFor } from '../../../monitor/promise/stakes.js';
import { correctedError, gainOf, type Unit } from '../../../monitor/promise/unit.js';
import { afterGain, logMixture, startWealth } from '../../../monitor/promise/wealth.js';

const unit = (draws: { chance: number; label: number | null }[], answers = draws.length): Unit => ({
  ...{ claim: 'c', slice: null, answers, expected: 0.2, due: 0 },
  draws: draws.map((draw, i) => ({ id: `${i}`, probability: 0.8, ...draw })),
});

describe('stakesFor', () => {
  it('halves from nine tenths of the largest stake on', () => {
    const { above, below } = stakesFor(0.05, 0.1);
    expect(above.slice(0, 3)).toEqual([1.8, 0.9, 0.45]);
    expect(below[0]).toBeCloseTo((0.9 * 0.1) / 0.95, 12);
    expect(above).toHaveLength(8);
  });

  it('never lets a bet lose everything, whatever is drawn', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.001, max: 0.9, noNaN: true }),
        fc.double({ min: 0.02, max: 1, noNaN: true }),
        fc.array(
          fc.record({
            lift: fc.double({ min: 0, max: 1, noNaN: true }),
            label: fc.double({ min: 0, max: 1, noNaN: true }),
          }),
          {
            minLength: 1,
            maxLength: 5,
          },
        ),
        (alpha, floor, draws) => {
          const { above, below } = stakesFor(alpha, floor);
          const one = unit(draws.map(({ lift, label }) => ({ chance: floor + lift * (1 - floor), label })));
          const gain = gainOf(one, alpha, 'right');
          expect(1 + above[0] * gain).toBeGreaterThan(0.0999);
          expect(1 - below[0] * gain).toBeGreaterThan(0.0999);
        },
      ),
    );
  });
});

describe('gainOf and correctedError', () => {
  it('weigh a label by one over its chance, and a question once', () => {
    const drawn = unit([{ chance: 0.25, label: 0 }], 2);
    expect(gainOf(drawn, 0.1, 'right')).toBeCloseTo((0.5 * 0.9) / 0.25, 12);
    expect(correctedError(drawn, 'expected')).toBeCloseTo(0.2 + (0.5 * (1 - 0.2)) / 0.25, 12);
  });

  it('count a missing label as they are told', () => {
    const missing = unit([{ chance: 0.5, label: null }]);
    expect(gainOf(missing, 0.1, 'right')).toBeCloseTo(-0.2, 12);
    expect(gainOf(missing, 0.1, 'wrong')).toBeCloseTo(1.8, 12);
    expect(correctedError(missing, 'expected')).toBeCloseTo(0.2, 12);
  });

  it('are unbiased over the draw: the mean over drawn and not drawn is the error', () => {
    for (const chance of [0.1, 0.5, 1]) {
      for (const label of [0, 0.3, 1]) {
        const drawn = correctedError(unit([{ chance, label }]), 'expected');
        expect(chance * drawn + (1 - chance) * 0.2).toBeCloseTo(1 - label, 12);
        expect(chance * gainOf(unit([{ chance, label }]), 0.1, 'right')).toBeCloseTo(1 - label - 0.1, 12);
      }
    }
  });
});

describe('the mixture of bets', () => {
  it('multiplies 1 + λ·gain at each stake, and averages', () => {
    const stakes = [1, 0.5];
    const wealth = afterGain(afterGain(startWealth(stakes), stakes, 1), stakes, -0.5);
    expect(wealth.map(Math.exp)).toEqual([expect.closeTo(1, 12), expect.closeTo(1.125, 12)]);
    expect(Math.exp(logMixture(wealth))).toBeCloseTo(1.0625, 12);
  });

  it('does not overflow', () => {
    expect(logMixture([5000, 5000])).toBeCloseTo(5000, 9);
  });

  it('has mean at most 1 if errors come and go around an average of α (all outcomes of ten labels, by hand)', () => {
    const alpha = 0.3;
    const { above } = stakesFor(alpha, 1);
    const rates = [0.6, 0, 0.6, 0, 0.6, 0, 0.6, 0, 0.3, 0.3]; // on average α
    let mean = 0;
    for (let bits = 0; bits < 2 ** rates.length; bits++) {
      let wealth = startWealth(above);
      let chance = 1;
      for (const [i, rate] of rates.entries()) {
        const error = (bits >> i) & 1;
        chance *= error === 1 ? rate : 1 - rate;
        wealth = afterGain(wealth, above, error - alpha);
      }
      if (chance > 0) mean += chance * Math.exp(logMixture(wealth));
    }
    expect(mean).toBeLessThanOrEqual(1);
    expect(mean).toBeGreaterThan(0.3);
  });
});

describe('the e-detector', () => {
  it('is M ← (M + 1)(1 + λ·gain)', () => {
    const stakes = [1, 0.5];
    const after = afterQuestion(afterQuestion(startDetector(stakes), stakes, 1), stakes, -0.5);
    expect(after).toEqual([1.5, 1.875]);
    expect(detectorMean(after)).toBe(1.6875);
  });

  it('has mean n after n questions with errors at α, which is why false alarms are rare', () => {
    // all outcomes of six labels
    const alpha = 0.5;
    const { above } = stakesFor(alpha, 1);
    let mean = 0;
    for (let bits = 0; bits < 64; bits++) {
      let detector = startDetector(above);
      for (let i = 0; i < 6; i++) detector = afterQuestion(detector, above, ((bits >> i) & 1) - alpha);
      mean += detectorMean(detector) / 64;
    }
    expect(mean).toBeCloseTo(6, 10);
  });
});

describe('eBh', () => {
  it('rejects the k largest for the largest k with e ≥ m/(level·k)', () => {
    const logs = [60, 30, 21, 3].map(Math.log);
    expect(eBh(logs, 0.1)).toEqual([true, true, true, false]); // 40, 20, 13.3, 10
    expect(eBh([60, 19, 13, 3].map(Math.log), 0.1)).toEqual([true, false, false, false]);
    expect(eBh([30, 30, 3].map(Math.log), 0.1)).toEqual([true, true, false]); // 30, 15, 10
    expect(eBh([], 0.1)).toEqual([]);
  });
});

describe('labelsToDecide', () => {
  const stakes = { above: [1], below: [1] };

  it('divides what is missing to ln(1/δ) by the growth per label', () => {
    const growth = 0.5 * Math.log(1.9) + 0.5 * Math.log(0.9);
    const given = { alpha: 0.1, delta: 0.05, error: 0.5, chance: 1, stakes, above: [0], below: [0] };
    expect(labelsToDecide(given)).toBe(Math.ceil(Math.log(20) / growth));
    expect(labelsToDecide({ ...given, above: [Math.log(10)] })).toBe(Math.ceil(Math.log(2) / growth));
  });

  it('is null where no stake grows', () => {
    const given = { alpha: 0.1, delta: 0.05, error: 0.1, chance: 1, stakes, above: [0], below: [0] };
    expect(labelsToDecide(given)).toBeNull();
  });
});
