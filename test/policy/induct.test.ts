import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { induct } from '../../policy/choose/induct.js';
import { outcomeOf } from '../../policy/choose/outcome.js';
import { binsOf } from '../../policy/choose/regression.js';
import type { CaseTable } from '../../policy/table.js';

/** P(signal = 1 | right) and P(signal = 1 | wrong). */
type Channel = readonly [number, number];

interface Problem {
  base: number;
  channels: readonly [Channel, Channel, Channel];
  price: readonly [number, number];
  threshold: number;
  slope: number;
}

/** Every combination of label and three binary signals, with its chance and the posteriors after each signal. */
function worldOf({ base, channels }: Problem) {
  const chanceOf = (right: boolean, bits: readonly number[]) =>
    bits.reduce(
      (chance, bit, k) => chance * (bit ? channels[k][right ? 0 : 1] : 1 - channels[k][right ? 0 : 1]),
      right ? base : 1 - base,
    );
  const posterior = (bits: readonly number[]) => {
    const right = chanceOf(true, bits);
    return right / (right + chanceOf(false, bits));
  };
  const known = new Map<string, number>();
  const at = (bits: readonly number[]) => {
    const key = bits.join('');
    if (!known.has(key)) known.set(key, posterior(bits));
    return known.get(key)!;
  };
  const rows = [0, 1, 2, 3, 4, 5, 6, 7].flatMap((code) => {
    const bits = [code & 1, (code >> 1) & 1, (code >> 2) & 1];
    return [true, false].map((right) => ({ bits, y: right ? 1 : 0, weight: chanceOf(right, bits) }));
  });
  const p = [1, 2, 3].map((length) => Float64Array.from(rows, ({ bits }) => at(bits.slice(0, length))));
  return { rows, p, posteriors: [...known.values()] };
}

/** The best expected gain over all rules from what was seen to an action, by trying every rule of the first two states. */
function bruteForce({ rows, p }: ReturnType<typeof worldOf>, { price, threshold, slope }: Problem): number {
  let best = -Infinity;
  const actions = ['stop', 'buy', 'accept'] as const;
  for (let rule = 0; rule < 3 ** 6; rule++) {
    const actionOf = (state: number, bits: readonly number[]) =>
      actions[Math.floor(rule / 3 ** (state === 0 ? bits[0] : 2 + bits[0] + 2 * bits[1])) % 3];
    let gain = 0;
    rows.forEach(({ bits, y, weight }, i) => {
      const first = actionOf(0, bits);
      if (first !== 'buy') gain += first === 'accept' ? weight * slope * (y - threshold) : 0;
      else {
        const second = actionOf(1, bits);
        gain -= weight * price[0];
        if (second !== 'buy') gain += second === 'accept' ? weight * slope * (y - threshold) : 0;
        else gain += weight * ((p[2][i] >= threshold ? slope * (y - threshold) : 0) - price[1]);
      }
    });
    best = Math.max(best, gain);
  }
  return best;
}

const chance = fc.double({ min: 0.05, max: 0.95, noNaN: true });
const channel = fc.tuple(chance, chance).filter(([right, wrong]) => right > wrong + 0.05);
const problem: fc.Arbitrary<Problem> = fc.record({
  base: fc.double({ min: 0.2, max: 0.9, noNaN: true }),
  channels: fc.tuple(channel, channel, channel),
  price: fc.tuple(fc.double({ min: 0, max: 0.3, noNaN: true }), fc.double({ min: 0, max: 0.3, noNaN: true })),
  threshold: fc.double({ min: 0.2, max: 0.95, noNaN: true }),
  slope: fc.double({ min: 0.5, max: 5, noNaN: true }),
});

/** Posteriors that are nearer than a piece of the cut-offs may be cannot be told apart by them. */
const isApart = (values: readonly number[]) => {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted.every((x, i) => i === 0 || x - sorted[i - 1] > 0.011);
};

describe('backward induction', () => {
  it('is as good as the best of all rules, where signals are independent given the label', () => {
    fc.assert(
      fc.property(problem, (given) => {
        const world = worldOf(given);
        fc.pre(isApart([...world.posteriors, given.threshold]));
        const { rows, p } = world;
        const weight = Float64Array.from(rows, (row) => row.weight);
        const bins = p.map((each) => binsOf(each, weight));
        const { cuts } = induct({ p, bins, price: given.price, weight }, given);
        const y = Float64Array.from(rows, (row) => row.y);
        const table: CaseTable = {
          ...{ n: rows.length, group: Int32Array.from(rows.keys()), weight },
          states: new Map(['', 'one', 'one+two'].map((key, k) => [key, { p: p[k], y }])),
        };
        const { depth, accepted } = outcomeOf({ order: ['one', 'two'], cuts }, table, ['one', 'two']);
        const spent = [0, given.price[0], given.price[0] + given.price[1]];
        const gain = rows.reduce(
          (sum, row, i) =>
            sum + row.weight * ((accepted[i] ? given.slope * (row.y - given.threshold) : 0) - spent[depth[i]]),
          0,
        );
        expect(gain).toBeCloseTo(bruteForce(world, given), 6);
      }),
      { numRuns: 60 },
    );
  });

  it('by hand: a perfect signal at price .1 is bought between the probabilities where it beats both ends', () => {
    // accepting gains p − .5; with the signal one accepts exactly the right answers: p · .5 − .1
    const p0 = Float64Array.of(0.1, 0.1, 0.5, 0.5, 0.9, 0.9);
    const y = [0, 1, 0, 1, 0, 1];
    const weight = Float64Array.of(0.9, 0.1, 0.5, 0.5, 0.1, 0.9);
    const p1 = Float64Array.from(y);
    const bins = [p0, p1].map((each) => binsOf(each, weight));
    const { cuts, values } = induct({ p: [p0, p1], bins, price: [0.1], weight }, { threshold: 0.5, slope: 1 });
    expect(values[0].value.map((x) => Number(x.toFixed(9)))).toEqual([0.05, 0.25, 0.45]);
    // between .1 and .9 the value is p/2; buying beats stopping from .2 on, and accepting up to .8
    expect(cuts[0].map((cut) => cut.do)).toEqual(['stop', 'buy', 'accept']);
    expect(cuts[0][1].from).toBeCloseTo(0.2, 3);
    expect(cuts[0][2].from).toBeCloseTo(0.8, 3);
    expect(cuts[1]).toEqual([
      { from: 0, do: 'stop' },
      { from: 0.5, do: 'accept' },
    ]);
  });

  it('never buys what costs more than it can gain', () => {
    const p0 = Float64Array.of(0.2, 0.2, 0.8, 0.8);
    const weight = new Float64Array(4).fill(1);
    const p1 = Float64Array.of(0, 1, 0, 1);
    const bins = [p0, p1].map((each) => binsOf(each, weight));
    const { cuts } = induct({ p: [p0, p1], bins, price: [0.51], weight }, { threshold: 0.5, slope: 1 });
    expect(cuts[0].map((cut) => cut.do)).toEqual(['stop', 'accept']);
  });
});
