import { describe, expect, it } from 'vitest';
import { cohenKappa, pairTable } from '../../../metrics/raters/cohen-kappa.js';
import { fleissKappa } from '../../../metrics/raters/fleiss-kappa.js';
import { krippendorffAlpha } from '../../../metrics/raters/krippendorff-alpha.js';
import { countsOf } from '../../../metrics/raters/rated.js';

const a = [0, 1, 2, 2, 1, 0, 0, 2, 1, 1, 0, 2, 2, 1, 0, 0, 1, 2, 0, 1];
const b = [0, 1, 2, 1, 1, 0, 1, 2, 1, 0, 0, 2, 2, 2, 0, 0, 1, 1, 0, 2];

describe("Cohen's kappa", () => {
  it('is that of scikit-learn 1.9.1, without weights, with linear and with quadratic ones', () => {
    const table = pairTable(a, b, 3);
    expect(cohenKappa(table, 3)).toBeCloseTo(0.5488721804511278, 14);
    expect(cohenKappa(table, 3, 'linear')).toBeCloseTo(0.6571428571428571, 14);
    expect(cohenKappa(table, 3, 'quadratic')).toBeCloseTo(0.7683397683397684, 14);
  });

  it('is 1 for equal ratings, 0 at independence, −1 for opposite ones, NaN for a single class', () => {
    expect(cohenKappa([3, 0, 0, 5], 2)).toBe(1);
    expect(cohenKappa([9, 21, 21, 49], 2)).toBeCloseTo(0, 14); // .3 and .7, independent
    expect(cohenKappa([0, 5, 5, 0], 2)).toBe(-1);
    expect(cohenKappa([7, 0, 0, 0], 2)).toBeNaN();
    // (.75 − .5) / (1 − .5), by hand
    expect(cohenKappa([30, 20, 5, 45], 2)).toBeCloseTo(0.5, 14);
  });
});

/** Ten items, fourteen raters, five classes: the example of Fleiss' kappa in textbooks. */
const ratings = [
  [0, 0, 0, 0, 14],
  [0, 2, 6, 4, 2],
  [0, 0, 3, 5, 6],
  [0, 3, 9, 2, 0],
  [2, 2, 8, 1, 1],
  [7, 7, 0, 0, 0],
  [3, 2, 6, 3, 0],
  [2, 5, 3, 2, 2],
  [6, 5, 2, 1, 0],
  [0, 2, 2, 3, 7],
].flat();

describe("Fleiss' kappa and Krippendorff's alpha", () => {
  it('are those of statsmodels 0.15.0 and krippendorff 0.9.0', () => {
    expect(fleissKappa(ratings, 5)).toBeCloseTo(0.20993070442195522, 14);
    expect(krippendorffAlpha(ratings, 5)).toBeCloseTo(0.21557405653322692, 14);
    expect(krippendorffAlpha(ratings, 5, 'interval')).toBeCloseTo(0.5437397490856346, 14);
  });

  it('alpha with missing ratings is that of Krippendorff 2011, sec. C: .743 nominal, .849 interval', () => {
    // four raters, twelve items; 0: not rated
    const data = [
      [1, 2, 3, 3, 2, 1, 4, 1, 2, 0, 0, 0],
      [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, 0, 3],
      [0, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, 0],
      [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, 0],
    ];
    const all = data.flatMap((row, rater) =>
      row.flatMap((value, item) => (value === 0 ? [] : [{ item, rater, value: value - 1 }])),
    );
    const counts = countsOf({
      item: Int32Array.from(all, ({ item }) => item),
      rater: Int32Array.from(all, ({ rater }) => rater),
      value: Int32Array.from(all, ({ value }) => value),
      ...{ items: 12, raters: 4, classes: 5 },
    });
    expect(krippendorffAlpha(counts, 5)).toBeCloseTo(0.743421052631579, 14);
    expect(krippendorffAlpha(counts, 5, 'interval')).toBeCloseTo(0.8491071428571428, 14);
  });

  it('do not count items with a single rater, and are NaN for a single class', () => {
    const single = [...ratings, 0, 1, 0, 0, 0];
    expect(fleissKappa(single, 5)).toBe(fleissKappa(ratings, 5));
    expect(krippendorffAlpha(single, 5)).toBe(krippendorffAlpha(ratings, 5));
    expect(fleissKappa([2, 0, 3, 0], 2)).toBeNaN();
    expect(krippendorffAlpha([2, 0, 3, 0], 2)).toBeNaN();
  });
});
