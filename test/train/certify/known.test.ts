import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { onePerGroupTest } from '../../../bench/one-per-group.js';
import { leastGroups } from '../../../metrics/interval/least-groups.js';
import { tableOf } from '../../../metrics/scored.js';
import { random } from '../../../support/random.js';
import { bettingTest } from '../../../train/certify/betting.js';
import { binomialTail, mostFailures, trialsFor } from '../../../train/certify/binomial-tail.js';
import { groupSums } from '../../../train/certify/group-sums.js';
import { outlooksOf, type Profile, sights } from '../../../train/certify/outlook.js';
import { expectedPower, groupsNeeded, predictedPower } from '../../../train/certify/power.js';
import { trialOf, wager } from '../../../train/certify/wager.js';

const peers = JSON.parse(readFileSync(new URL('../../fixtures/metrics/peers.json', import.meta.url), 'utf8'));
const of = (...values: number[]) => Float64Array.from(values);
/** One answer a question, all-or-nothing: the spread is that of a coin. */
const coin: Profile = { cap: 1, mass: 1, variance: 0.05 * 0.95 };
const ones = (n: number) => new Float64Array(n).fill(1);

describe('binomial tails', () => {
  it('agree with scipy, also for a fractional number of trials and many of them', () => {
    for (const [n, q, c, cdf] of peers.binomial) expect(binomialTail(n, q, c) / cdf).toBeCloseTo(1, 9);
    for (const [r, q, c, cdf] of peers.realTrials) expect(binomialTail(r, q, c) / cdf).toBeCloseTo(1, 9);
  });

  it('300 trials at .05 leave 8 failures under level .05, and P(≤ 8) is .05 after some 285', () => {
    expect(mostFailures(300, 0.05, 0.05)).toBe(8);
    expect(mostFailures(58, 0.05, 0.05)).toBe(-1);
    expect(mostFailures(59, 0.05, 0.05)).toBe(0);
    const r = trialsFor(300, 0.05, 8, 0.05);
    expect(binomialTail(r, 0.05, 8)).toBeCloseTo(0.05, 8);
    expect(r).toBeGreaterThan(282);
    expect(r).toBeLessThan(300);
  });
});

describe('group sums', () => {
  it('adds accepted weight and its errors by question in the order given, in units of the cap, and scales a heavy one down', () => {
    const table = tableOf({
      probability: of(0.9, 0.8, 0.2, 0.9, 0.7, 0.1),
      label: of(1, 0, 0, 0.5, 0, 1),
      weight: of(1, 2, 9, 1, 7, 1),
      group: Int32Array.of(4, 4, 4, 6, 9, 8),
    });
    // Accepted at .5: question 4 weighs 3 with 2 wrong, 6 weighs 1 with .5 wrong, 9 weighs 7, all wrong, over the cap of 4.
    const { mass, wrong } = groupSums(table, 0.5, 4, Int32Array.of(2, 3, 1, 0));
    expect([...mass]).toEqual([1, 0.25, 0.75]);
    expect([...wrong]).toEqual([1, 0.125, 0.5]);
  });
});

describe('the betting test by hand', () => {
  it('59 right answers certify 5% at 95%, 58 do not, and neither do 59 with one wrong', () => {
    expect(bettingTest({ mass: ones(59), wrong: new Float64Array(59) }, coin, 0.05, 0.05)).toBeLessThanOrEqual(0.05);
    expect(bettingTest({ mass: ones(58), wrong: new Float64Array(58) }, coin, 0.05, 0.05)).toBeGreaterThan(0.05);
    for (const at of [0, 30, 58]) {
      const wrong = new Float64Array(59);
      wrong[at] = 1;
      expect(bettingTest({ mass: ones(59), wrong }, coin, 0.05, 0.05)).toBeGreaterThan(0.05);
    }
  });

  it('the first bet with 59 to go is all in: one error ends it, one right answer makes .05 into .05/.95', () => {
    const bet = wager(0.05, 59, trialOf(coin, 0.05), 0.05);
    expect(bet).toBeCloseTo(0.05 / 0.95, 12);
    expect(0.05 - bet * 0.95).toBeCloseTo(0, 12);
    expect(0.05 + bet * 0.05).toBeCloseTo(0.05 / 0.95, 12);
  });

  it('never stakes more than it has, whatever the profile', () => {
    for (const variance of [1e-6, 0.001, 0.0475, 0.2]) {
      for (const mass of [0.01, 0.3, 1]) {
        for (const [stake, left] of [
          [0.05, 10],
          [0.05, 300],
          [0.05, 5000],
          [0.4, 3],
          [0.999, 1],
          [1e-9, 40],
        ]) {
          const bet = wager(stake, left, trialOf({ cap: 1, mass, variance }, 0.05), 0.05);
          expect(bet).toBeGreaterThanOrEqual(0);
          expect(bet).toBeLessThanOrEqual(stake / 0.95 + 1e-15);
        }
      }
    }
  });

  it('the stake is a fair game at error rate α: its mean over all-or-nothing outcomes is δ', () => {
    // All 2^10 outcomes of ten questions at α = .3, δ = .2.
    const alpha = 0.3;
    const trial = trialOf({ cap: 1, mass: 1, variance: alpha * (1 - alpha) }, alpha);
    let mean = 0;
    for (let code = 0; code < 1024; code++) {
      let stake = 0.2;
      let chance = 1;
      for (let i = 0; i < 10 && stake > 0; i++) {
        const wrong = (code >> i) & 1;
        stake -= wager(stake, 10 - i, trial, alpha) * (wrong - alpha);
      }
      for (let i = 0; i < 10; i++) chance *= (code >> i) & 1 ? alpha : 1 - alpha;
      mean += chance * stake;
    }
    expect(mean).toBeCloseTo(0.2, 9);
  });
});

describe('one answer a question', () => {
  it('is the exact binomial where questions hold one answer', () => {
    const wrong = new Float64Array(300).fill(1, 0, 8);
    expect(onePerGroupTest({ mass: ones(300), wrong }, 0.05, random(1))).toBeCloseTo(binomialTail(300, 0.05, 8), 12);
    expect(onePerGroupTest({ mass: of(), wrong: of() }, 0.05, random(1))).toBe(1);
  });

  it('keeps a question with chance mass and calls it wrong with chance wrong / mass', () => {
    const n = 20_000;
    const mass = new Float64Array(n).fill(0.4);
    const wrong = new Float64Array(n).fill(0.1);
    // A quarter of the kept ones fail: the p-value at α = .25 is that of a fair draw, at .27 it is tiny, at .23 near 1.
    expect(onePerGroupTest({ mass, wrong }, 0.27, random(3))).toBeLessThan(0.001);
    expect(onePerGroupTest({ mass, wrong }, 0.23, random(3))).toBeGreaterThan(0.999);
  });
});

describe('sights and outlooks', () => {
  const scored = {
    probability: of(0.9, 0.9, 0.6, 0.6, 0.3),
    label: of(1, 0, 1, 1, 0),
    weight: of(1, 2, 1, 1, 1),
    group: Int32Array.of(1, 2, 1, 3, 3),
  };

  it('hold the sums of questions at each distinct threshold, halfway to the next lower probability', () => {
    const [strict, middle, all] = sights(scored);
    expect(strict).toMatchObject({ threshold: 0.75, coverage: 0.5, groups: 2, failing: 1 });
    expect(strict.sums[0]).toMatchObject({ cap: 2, mass: 3, wrong: 2, massMass: 5, massWrong: 4, wrongWrong: 4 });
    expect(middle).toMatchObject({ groups: 3, failing: 1 });
    expect(middle.threshold).toBeCloseTo(0.45, 12);
    expect(middle.sums[0]).toMatchObject({ cap: 2, mass: 5, wrong: 2, massMass: 9, massWrong: 4, wrongWrong: 4 });
    // Question 3 now weighs 2 with 1 wrong.
    expect(all).toMatchObject({ threshold: 0, coverage: 1, failing: 2 });
    expect(all.sums[0]).toMatchObject({ cap: 2, mass: 6, wrong: 3, massMass: 12, massWrong: 6, wrongWrong: 5 });
    // Capped at 1 the three count alike: shares wrong 0, 1, 1/2.
    const one = all.sums.find(({ cap }) => cap === 1);
    expect(one).toMatchObject({
      mass: expect.closeTo(3, 9),
      wrong: expect.closeTo(1.5, 9),
      wrongWrong: expect.closeTo(1.25, 9),
    });
  });

  it('use a cap below the heaviest question only where the share of errors is no smaller under it', () => {
    const questions = (heavyRight: number) =>
      sights({
        probability: ones(8),
        label: of(heavyRight, heavyRight, heavyRight, heavyRight, 1, 0, 1, 1),
        group: Int32Array.of(0, 0, 0, 0, 1, 2, 3, 4),
      })[0];
    expect(
      outlooksOf(questions(1), 0.05)
        .map(({ cap }) => cap)
        .sort(),
    ).toEqual([0.2, 0.4, 0.6, 0.8, 1.2, 1.6, 2, 2.4, 3.2, 4].map((cap) => expect.closeTo(cap, 9)));
    expect(outlooksOf(questions(0), 0.05).map(({ cap }) => cap)).toEqual([4]);
  });

  it('spread of all-or-nothing questions is α(1 − α); independent rows have less', () => {
    const n = 3000;
    const r = random(5);
    const rows = (together: boolean) => {
      let shared = 0;
      const label = Float64Array.from({ length: n }, (_, i) => {
        if (i % 3 === 0) shared = r.next();
        return (together ? shared : r.next()) < 0.1 ? 0 : 1;
      });
      const group = Int32Array.from({ length: n }, (_, i) => Math.floor(i / 3));
      return outlooksOf(sights({ probability: ones(n), label, group })[0], 0.05)[0];
    };
    expect(rows(true)).toMatchObject({ cap: 3, mass: 1, coverage: 1, groupShare: 1 });
    expect(rows(true).variance / (0.05 * 0.95)).toBeCloseTo(1, 1);
    expect(rows(false).variance / (0.05 * 0.95)).toBeCloseTo(1 / 3, 1);
  });
});

describe('planning', () => {
  const outlook = { ...coin, threshold: 0.5, coverage: 0.4, groupShare: 0.5, seen: 300, risk: 0.02 };

  it('59 is the least for 5% at 95%', () => {
    expect(leastGroups(0.05, 0.05)).toBe(59);
    expect(leastGroups(0.1, 0.1)).toBe(22);
  });

  it('power with 300 accepted of 600 questions is P(at most 8 of 285 fail at 2%); none with 58 accepted', () => {
    const r = trialsFor(300, 0.05, 8, 0.05);
    expect(predictedPower(outlook, 600, 0.05, 0.05)).toBeCloseTo(binomialTail(r, 0.02, 8), 6);
    expect(predictedPower(outlook, 116, 0.05, 0.05)).toBe(0);
    expect(predictedPower({ ...outlook, risk: 1 }, 600, 0.05, 0.05)).toBe(0);
  });

  it('the number needed gives the power asked for, and one less does not; null where no error rate is below α', () => {
    const needed = groupsNeeded([{ ...outlook, risk: 0.049, coverage: 1 }, outlook], 0.05, 0.05);
    expect(needed?.outlook).toBe(outlook);
    const groups = needed?.groups as number;
    expect(expectedPower(outlook, groups, 0.05, 0.05)).toBeGreaterThanOrEqual(0.8);
    expect(expectedPower(outlook, groups - 1, 0.05, 0.05)).toBeLessThan(0.8);
    // The rate seen leaves room for higher ones: more questions than if it were certain.
    expect(predictedPower(outlook, groups, 0.05, 0.05)).toBeGreaterThan(0.9);
    expect(groupsNeeded([{ ...outlook, seen: 1e9 }], 0.05, 0.05)!.groups).toBeLessThan(groups);
    expect(groupsNeeded([{ ...outlook, risk: 0.06 }], 0.05, 0.05)).toBeNull();
  });
});
