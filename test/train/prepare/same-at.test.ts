import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { learnSameAt, type SurePair, surelySame, surePairs } from '../../../train/prepare/same-at.js';

describe('what words alone decide', () => {
  it.each([
    ['Paris.', 'paris', true],
    ['The Beatles', 'Beatles!', true],
    ['Paris', 'It is Paris.', true],
    ['in 1912', '1913', false],
    ['42 metres', '42 meters', undefined],
    ['Paris', 'London', false],
    ['It was Paris that won', 'The winner: London', false],
    ['Paris is right', 'Paris is not right', false],
    ['It rains there', "It doesn't rain there", undefined],
    ['Paris', 'It is not Paris', undefined],
    ['Paris', 'Paris or London', undefined],
    ['Paris', 'Paris 7', undefined],
    ['a red car', 'a blue boat', undefined],
    ['', 'Paris', undefined],
  ])('%s | %s: %s', (a, b, same) => {
    expect(surelySame(a, b)).toBe(same);
    expect(surelySame(b, a)).toBe(same);
  });
});

it('takes the pairs of a record, without equal texts', () => {
  const record = {
    id: 'r',
    answer: 'Paris',
    samples: [{ answer: 'Paris' }, { answer: 'paris.' }, { answer: 'London' }],
    similarities: { tiny: { texts: [0, 1, 2, 3].map((i) => [0, 1, 2, 3].map((j) => (10 * i + j) / 100)) } },
  };
  expect(surePairs(record, 'tiny')).toEqual([
    { cosine: 0.02, same: true },
    { cosine: 0.03, same: false },
    { cosine: 0.12, same: true },
    { cosine: 0.13, same: false }, // but "paris." is no name, so it is not surely another one than London
  ]);
  expect(surePairs(record, 'other')).toEqual([]);
  const cosines = Array.from({ length: 201 }, () => Array(201).fill(0.5));
  const many = {
    ...record,
    samples: Array(200).fill({ answer: 'London' }),
    similarities: { tiny: { texts: cosines } },
  };
  expect(surePairs(many, 'tiny')).toHaveLength(32); // as many samples as signals compare
});

describe('the threshold', () => {
  const pairs = (same: boolean, ...cosines: number[]): SurePair[] => cosines.map((cosine) => ({ cosine, same }));
  const spread = (n: number, from: number) => Array.from({ length: n }, (_, i) => from + i / 1000);

  it('is half-way where the two kinds are apart, and needs 30 of each', () => {
    const apart = [...pairs(true, ...spread(30, 0.8)), ...pairs(false, ...spread(30, 0.3))];
    expect(learnSameAt(apart)).toBeCloseTo((0.8 + 0.329) / 2, 12);
    expect(learnSameAt(apart.slice(1))).toBeUndefined();
  });

  it('is not learned where cosines do not tell the kinds apart', () => {
    expect(learnSameAt([...pairs(true, ...Array(30).fill(0)), ...pairs(false, ...Array(30).fill(0))])).toBeUndefined();
    expect(learnSameAt([...pairs(true, ...spread(30, 0.3)), ...pairs(false, ...spread(30, 0.8))])).toBeUndefined();
  });

  it('weighs both kinds equally, however many there are', () => {
    // 30 same: 27 at .9, 3 at .5; 300 different: 30 at .7, 270 at .2. At .8: (.9 + 1) / 2; at .35: (1 + .9) / 2; at .6: .9
    const mixed = [
      ...pairs(true, ...Array(27).fill(0.9), ...Array(3).fill(0.5)),
      ...pairs(false, ...Array(29).fill(0.7), ...Array(271).fill(0.2)),
    ];
    expect(learnSameAt(mixed)).toBeCloseTo(0.35, 12); // 29 of 300 wrong costs less than 3 of 30
  });

  it('has the greatest balanced accuracy of all thresholds', () => {
    const accuracy = (all: readonly SurePair[], at: number) => {
      const share = (same: boolean) => {
        const some = all.filter((pair) => pair.same === same);
        return some.filter(({ cosine }) => cosine >= at === same).length / some.length;
      };
      return (share(true) + share(false)) / 2;
    };
    const cosines = fc.array(fc.integer({ min: -20, max: 20 }), { minLength: 30, maxLength: 60 });
    fc.assert(
      fc.property(cosines, cosines, (a, b) => {
        const all = [...pairs(true, ...a.map((x) => x / 20)), ...pairs(false, ...b.map((x) => x / 20))];
        const at = learnSameAt(all);
        const inner = [...new Set(all.map(({ cosine }) => cosine))].sort((x, y) => x - y).slice(1);
        const best = at === undefined ? 0.5 : accuracy(all, at);
        return inner.every((cosine) => accuracy(all, cosine) <= best + 1e-12);
      }),
    );
  });
});
