import { expect, it } from 'vitest';
import {
  chosenPercent,
  count,
  fixed,
  interval,
  percent,
  points,
  seconds,
  shortened,
  signed,
} from '../../report/numbers.js';
import { plural } from '../../support/words/plural.js';

it('writes numbers with real minus signs and an en dash for none', () => {
  expect(fixed(-0.12345)).toBe('−0.123');
  expect(fixed(-0.0001)).toBe('0.000');
  expect([fixed(null), percent(undefined), points(Number.NaN), count(null), seconds(Number.POSITIVE_INFINITY)]).toEqual(
    ['–', '–', '–', '–', '–'],
  );
  expect([signed(0.00321), signed(-0.00321), signed(0.00001)]).toEqual(['+0.0032', '−0.0032', '0.0000']);
  expect([percent(0.4567), percent(1), points(-0.0123)]).toEqual(['45.7%', '100.0%', '−1.2 pp']);
  expect([count(1234567.4), plural(1, 'answer'), plural(1200, 'answer')]).toEqual([
    '1,234,567',
    '1 answer',
    '1,200 answers',
  ]);
  expect([seconds(41.26), seconds(754)]).toEqual(['41.3 s', '12 min 34 s']);
});

it('keeps chosen percentages as they were chosen, never rounded to nothing or all', () => {
  expect([chosenPercent(0.05), chosenPercent(0.025), chosenPercent(1 - 0.05 / 3), chosenPercent(1 - 0.05)]).toEqual([
    '5%',
    '2.5%',
    '98.33%',
    '95%',
  ]);
  expect([chosenPercent(1e-6), chosenPercent(1 - 1e-6)]).toEqual(['0.0001%', '99.9999%']);
});

it('writes intervals only where both ends exist, and shortens by characters', () => {
  expect(interval({ value: 1, low: -0.5, high: 2 }, (x) => fixed(x, 1))).toBe('−0.5 to 2.0');
  expect(interval({ value: 1, low: null, high: 2 }, (x) => fixed(x, 1))).toBe('');
  expect(shortened('😀'.repeat(5), 3)).toBe('😀😀…');
});
