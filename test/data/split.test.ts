import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { foldsByGroup, splitByGroup, splitByTime } from '../../data/split.js';
import { random } from '../../support/random.js';
import { errorOf } from './temporary.js';

const rows = fc
  .array(fc.record({ group: fc.nat(40), stratum: fc.constantFrom('a', 'b', 'c'), label: fc.constantFrom(0, 0.5, 1) }), {
    minLength: 2,
    maxLength: 300,
  })
  .map((list) => ({
    groups: list.map(({ group }) => `g${group}`),
    strata: list.map(({ stratum }) => stratum),
    labels: list.map(({ label }) => label),
  }));

/** Each group's part; fails where a group straddles. */
function partOf(groups: string[], part: ArrayLike<number>): Map<string, number> {
  const found = new Map<string, number>();
  groups.forEach((group, i) => {
    if (found.has(group)) expect(part[i]).toBe(found.get(group));
    found.set(group, part[i]);
  });
  return found;
}

/** `n` questions answered by five models, share right by question. */
function grid(n: number, models = 5): { groups: string[]; strata: string[]; labels: number[] } {
  const groups: string[] = [];
  const strata: string[] = [];
  const labels: number[] = [];
  for (let q = 0; q < n; q++) {
    for (let m = 0; m < models; m++) {
      groups.push(`q${q}`);
      strata.push(`model ${m}`);
      labels.push(m < q % (models + 1) ? 1 : 0);
    }
  }
  return { groups, strata, labels };
}

describe('splitByGroup', () => {
  it('never lets a group straddle, leaves no part empty, takes the share of groups, repeats by seed', () => {
    fc.assert(
      fc.property(rows, fc.double({ min: 0.05, max: 0.95, noNaN: true }), fc.integer(), ({ groups }, share, seed) => {
        const held = splitByGroup(groups, share, random(seed));
        const parts = [...partOf(groups, held).values()];
        const taken = parts.filter((part) => part === 1).length;
        expect(Math.abs(taken - share * parts.length)).toBeLessThanOrEqual(1);
        if (parts.length > 1) expect(Math.min(taken, parts.length - taken)).toBeGreaterThan(0);
        expect(splitByGroup(groups, share, random(seed))).toEqual(held);
      }),
      { numRuns: 300, seed: 1 },
    );
  });

  it('gives every group the same chance, and every pair of groups', () => {
    const { groups } = grid(30, 2);
    let both = 0;
    const times = new Float64Array(30);
    for (let seed = 0; seed < 600; seed++) {
      const parts = partOf(groups, splitByGroup(groups, 0.3, random(seed)));
      for (const [group, part] of parts) times[Number(group.slice(1))] += part;
      if (parts.get('q0') === 1 && parts.get('q1') === 1) both++;
    }
    // 9 of 30 without replacement: 9/30 · 8/29; a systematic draw of neighbours would never take both
    expect(Math.abs(both / 600 - (9 / 30) * (8 / 29))).toBeLessThan(0.05);
    for (const n of times) expect(Math.abs(n / 600 - 0.3)).toBeLessThan(0.09); // 4.8 standard errors
  });
});

describe('foldsByGroup', () => {
  it('never lets a group straddle, uses every fold, repeats by seed', () => {
    fc.assert(
      fc.property(rows, fc.integer({ min: 2, max: 6 }), fc.integer(), ({ groups, strata }, k, seed) => {
        const fold = foldsByGroup(groups, k, random(seed), strata);
        const parts = [...partOf(groups, fold).values()];
        const counts = Array.from({ length: k }, (_, i) => parts.filter((part) => part === i).length);
        expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(1);
        expect(foldsByGroup(groups, k, random(seed), strata)).toEqual(fold);
      }),
      { numRuns: 300, seed: 2 },
    );
  });

  it('balances rows where groups differ in size', () => {
    const groups = Array.from({ length: 200 }, (_, q) => Array<string>(1 + ((q * 7) % 9)).fill(`q${q}`)).flat();
    const fold = foldsByGroup(
      groups,
      5,
      random(3),
      groups.map(() => ''),
    );
    const sizes = Array.from({ length: 5 }, (_, k) => fold.filter((f) => f === k).length);
    expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(9);
  });

  it('changes with the seed', () => {
    const groups = Array.from({ length: 50 }, (_, i) => `q${i}`);
    expect(foldsByGroup(groups, 5, random(1), groups)).not.toEqual(foldsByGroup(groups, 5, random(2), groups));
  });
});

describe('splitByTime', () => {
  const day = (n: number) => `2026-01-${String(n).padStart(2, '0')}T10:00:00Z`;

  it('holds out the questions that came last, whole ones, none of them before the cut', () => {
    const groups = ['a', 'b', 'a', 'c', 'd', 'e', 'f', 'g', 'h', 'i'];
    const time = [1, 2, 9, 3, 4, 5, 6, 7, 8, 10].map(day);
    expect([...splitByTime(groups, time, 0.2)]).toEqual([0, 0, 0, 0, 0, 0, 0, 0, 1, 1]);
    expect([...splitByTime(groups, time, 0.3)]).toEqual([0, 0, 0, 0, 0, 0, 0, 1, 1, 1]);
  });

  it('keeps groups without time for fitting, compares times and not their text, leaves something to fit', () => {
    expect([...splitByTime(['a', 'b', 'c'], [null, '2026-01-05T23:00:00-05:00', '2026-01-06T01:00:00Z'], 0.3)]).toEqual(
      [0, 1, 0],
    );
    expect([...splitByTime(['a', 'b'], [day(1), day(2)], 0.99)]).toEqual([0, 1]);
  });

  it('wants times that can be read', async () => {
    const split = async (time: (string | null)[]) => splitByTime(['a', 'b'], time, 0.5);
    expect(await errorOf(split([null, null]))).toMatchObject({ code: 'BAD_RECORD', field: 'time' });
    expect(await errorOf(split(['soon', day(1)]))).toMatchObject({ code: 'BAD_RECORD', field: 'time', got: 'soon' });
  });
});
