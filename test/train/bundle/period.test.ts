import { expect, it } from 'vitest';
import { periodOf } from '../../../train/bundle/period.js';

it('is the first and the last time, in UTC, and how many answers have one', () => {
  const times = ['2026-03-01T10:00:00+02:00', null, '2025-12-31T23:30:00Z', 'yesterday', '2026-02-01'];
  expect(periodOf(times)).toEqual({
    first: '2025-12-31T23:30:00.000Z',
    last: '2026-03-01T08:00:00.000Z',
    answers: 3,
  });
});

it('does not exist without times', () => {
  expect(periodOf([null, 'soon', ''])).toBe(undefined);
  expect(periodOf([])).toBe(undefined);
});
