import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { detectorMean } from '../../../monitor/promise/detector.js';
import { settled, startLedger, withLabels, withRun } from '../../../monitor/promise/ledger.js';
import { afterUnits, badSlices } from '../../../monitor/promise/slices.js';
import { stakesFor } from '../../../monitor/promise/stakes.js';
import { standingOf } from '../../../monitor/promise/standing.js';
import { estimateOf, startTally, withUndrawn, withUnit } from '../../../monitor/promise/tally.js';
import type { Unit } from '../../../monitor/promise/unit.js';
import { random } from '../../../support/random.js';

const terms = { alpha: 0.1, delta: 0.05, runLength: 1000, stakes: stakesFor(0.1, 0.5) };
const one = (id: string, label: number | null, due = 10, slice: string | null = null): Unit => ({
  ...{ claim: 'c', slice, answers: 1, expected: 0.1, due },
  draws: [{ id, chance: 0.5, probability: 0.9, label }],
});
const outlook = { error: null, chance: 0.5 };
const standing = (ledger: ReturnType<typeof startLedger>) =>
  standingOf({ claim: 'c', ledger, terms, claims: 1 }, outlook);

describe('a ledger', () => {
  it('closes questions in order, up to the first that waits', () => {
    const opened = withRun(startLedger(terms), [one('a', 1), one('b', null), one('c', 0)], []);
    const before = settled(opened, 5, terms);
    expect(before.open.map(({ draws }) => draws[0].id)).toEqual(['b', 'c']);
    const after = settled(before, 10, terms);
    expect(after.open).toEqual([]);
    expect(after.closed.tally).toMatchObject({ questions: 3, drawn: 3, labels: 2, givenUp: 1 });
  });

  it('takes a label once', () => {
    const opened = withRun(startLedger(terms), [one('a', null)], []);
    const first = withLabels(opened, () => 0);
    expect(withLabels(first, () => 1).open[0].draws[0].label).toBe(0);
  });

  it('comes to the same, whenever labels arrive', () => {
    fc.assert(
      fc.property(
        fc.array(fc.boolean(), { minLength: 1, maxLength: 30 }),
        fc.integer({ min: 0, max: 30 }),
        (right, late) => {
          const units = right.map((_, i) => one(`${i}`, null, 1e9));
          const labelOf = (id: string) => (right[Number(id)] ? 1 : 0);
          const isLate = (id: string) => Number(id) % (late + 1) === 0;
          const opened = withRun(startLedger(terms), units, []);
          const some = settled(
            withLabels(opened, (id) => (isLate(id) ? undefined : labelOf(id))),
            0,
            terms,
          );
          const all = settled(withLabels(some, labelOf), 0, terms);
          const atOnce = settled(withLabels(opened, labelOf), 0, terms);
          expect(all).toEqual(atOnce);
          // and with fewer labels it never claims more
          const [part, whole] = [standing(some), standing(atOnce)];
          expect(part.logBroken).toBeLessThanOrEqual(whole.logBroken + 1e-9);
          expect(part.logHolds).toBeLessThanOrEqual(whole.logHolds + 1e-9);
        },
      ),
    );
  });
});

describe('a standing', () => {
  const run = (labels: (number | null)[]) =>
    withRun(
      startLedger(terms),
      labels.map((label, i) => one(`${i}`, label)),
      [],
    );

  it('cannot tell from nothing, and says what would decide it from the expected error', () => {
    const found = standingOf(
      { claim: 'c', ledger: startLedger(terms), terms, claims: 1 },
      { error: 0.02, chance: 0.5 },
    );
    expect(found).toMatchObject({ state: 'cannot tell', labels: 0, error: null, logBroken: 0, logHolds: 0 });
    expect(found.needed).toBeGreaterThan(20);
  });

  it('is broken after errors, and stays so', () => {
    const wrong = standing(run(new Array(6).fill(0)));
    expect(wrong.state).toBe('broken');
    // 6 errors at the largest stake 4.5: (1 + 4.5 · 0.9/0.5)^6 / 8 is the largest part of the mixture
    expect(wrong.logBroken).toBeGreaterThan(6 * Math.log(9.1) - Math.log(8));
    expect(standing(run([...new Array(6).fill(0), ...new Array(30).fill(1)])).state).toBe('broken');
  });

  it('holds after enough right answers, and recovers', () => {
    expect(standing(run(new Array(60).fill(1))).state).toBe('holds');
    expect(standing(run([...new Array(6).fill(0), ...new Array(400).fill(1)])).state).toBe('recovered');
  });

  it('counts missing labels as bounds', () => {
    const found = standing(run([1, 1, null, 0]));
    expect(found).toMatchObject({ labels: 3, waiting: 1, givenUp: 0, drawn: 4 });
    // corrected errors: right 0.1 − 0.1/0.5 = −0.1, wrong 0.1 + 0.9/0.5 = 1.9
    expect(found.error?.value).toBeCloseTo((-0.1 - 0.1 + 0.1 + 1.9) / 4, 12);
    expect(found.error?.allRight).toBeCloseTo((-0.1 - 0.1 - 0.1 + 1.9) / 4, 12);
    expect(found.error?.allWrong).toBeCloseTo((-0.1 - 0.1 + 1.9 + 1.9) / 4, 12);
  });

  it('starts the detector again after an alarm', () => {
    const { closed } = settled(run(new Array(20).fill(0)), 0, terms);
    expect(closed.changes).toBeGreaterThan(1);
    expect(detectorMean(closed.detector)).toBeLessThan(terms.runLength);
  });
});

describe('the estimate', () => {
  it('is the mean over drawn and other questions, with its 95% limits', () => {
    const tally = withUnit(withUnit(withUndrawn(startTally(), [0.1, 0.1]), one('a', 1)), one('b', 0));
    const x = [0.1, 0.1, -0.1, 1.9];
    const mean = x.reduce((a, b) => a + b) / 4;
    const se = Math.sqrt(x.reduce((sum, each) => sum + (each - mean) ** 2, 0) / 4 / 3);
    expect(estimateOf(tally)).toMatchObject({ value: mean, high: Math.min(1, mean + 1.959963984540054 * se), low: 0 });
    expect(estimateOf(withUndrawn(startTally(), [0.1, 0.1]))).toBeNull();
  });

  it('covers the true share of errors in about 95% of draws, also if probabilities are wrong', () => {
    const draws = random('coverage');
    let covered = 0;
    for (let k = 0; k < 400; k++) {
      let tally = startTally();
      for (let i = 0; i < 300; i++) {
        const probability = 0.6 + 0.4 * draws.next();
        const label = draws.next() < 0.8 ? 1 : 0; // whatever the probability says
        const chance = 0.2 + 0.5 * (1 - probability);
        const expected = 1 - probability;
        const unit = { claim: 'c', slice: null, answers: 1, expected, due: 0 };
        tally =
          draws.next() < chance
            ? withUnit(tally, { ...unit, draws: [{ id: '', chance, probability, label }] })
            : withUndrawn(tally, [expected]);
      }
      const { low, high } = estimateOf(tally)!;
      if (low <= 0.2 && 0.2 <= high) covered++;
    }
    expect(covered / 400).toBeGreaterThan(0.92);
    expect(covered / 400).toBeLessThan(0.98);
  });
});

describe('slices', () => {
  it('names the slice with the errors only', () => {
    const units = Array.from({ length: 40 }, (_, i) => one(`${i}`, i % 2, 10, i % 2 === 0 ? 'bad · t' : 'good · t'));
    const wealth = afterUnits(new Map(), units, () => terms);
    expect(badSlices(wealth, 0.05).map(({ slice }) => slice)).toEqual(['bad · t']);
  });
});
