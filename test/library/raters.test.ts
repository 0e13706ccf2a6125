import { describe, expect, it } from 'vitest';
import { raters } from '../../index.js';

const rated = (value: number[]) => ({
  item: Int32Array.of(0, 0, 1, 1),
  rater: Int32Array.of(0, 1, 0, 1),
  value: Int32Array.from(value),
  ...{ items: 2, raters: 2, classes: 2 },
});

describe('raters', () => {
  it('count and compare ratings', () => {
    expect([...raters.countsOf(rated([0, 0, 1, 0]))]).toEqual([2, 0, 1, 1]);
    expect(raters.cohenKappa(raters.pairTable([0, 1, 1, 0], [0, 1, 1, 0], 2), 2)).toBe(1);
    expect(raters.dawidSkene(rated([0, 0, 1, 1])).posterior[3]).toBeCloseTo(1, 6);
  });

  it('refuse a rating that would count as one of another item or class', () => {
    const refused = (field: string) =>
      expect.objectContaining({ code: 'BAD_USAGE', detail: expect.objectContaining({ field }) });
    const thrown = (work: () => unknown) => {
      try {
        return work();
      } catch (error) {
        return error;
      }
    };
    expect(thrown(() => raters.countsOf(rated([0, 2, 0, 1])))).toEqual(refused('value[1]'));
    expect(thrown(() => raters.dawidSkene({ ...rated([0, 0, 1, 1]), items: 1 }))).toEqual(refused('item[2]'));
    expect(thrown(() => raters.pairTable([0, 1], [0, Number.NaN], 2))).toEqual(refused('b[1]'));
    expect(thrown(() => raters.pairTable([0, 1], [0], 2))).toEqual(refused('b'));
  });
});
