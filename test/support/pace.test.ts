import { expect, it } from 'vitest';
import { type Pace, paceOf, paceText } from '../../support/pace.js';

const textAt = (seconds: number, some: Partial<Pace>) => {
  const pace = { label: 'train', unit: 'fits', done: 0, total: 0, ended: false, ...some };
  return paceText(pace, paceOf(pace, 1000 * seconds));
};

it('shows done, total, percentage, rate and time left', () => {
  expect(textAt(10, { done: 20, total: 61 })).toBe('train: 20/61 fits (32%), 2.00/s, about 21s left');
  expect(textAt(10, { done: 60, total: 61 })).toBe('train: 60/61 fits (98%), 6.00/s, about 0.2s left');
  expect(textAt(100, { done: 10, total: 1000 })).toBe('train: 10/1,000 fits (1%), 0.100/s, about 2h45m left');
  expect(textAt(60, { done: 10, total: 40 })).toBe('train: 10/40 fits (25%), 0.167/s, about 3m00s left');
});

it('promises no time before the first unit is done', () => {
  expect(textAt(30, { total: 61 })).toBe('train: 0/61 fits (0%)');
});

it('estimates no time from three units, nor from steps, which differ', () => {
  expect(textAt(12, { done: 3, total: 100 })).toBe('train: 3/100 fits (3%), 0.250/s');
  expect(textAt(12, { done: 4, total: 100 })).toBe('train: 4/100 fits (4%), 0.333/s, about 4m48s left');
  expect(textAt(12, { label: 'measure', unit: 'steps', done: 5, total: 8 })).toBe('measure: 5/8 steps (62%)');
});

it('shows no percentage without a total', () => {
  expect(textAt(2, { label: 'read', unit: 'answers', done: 1800 })).toBe('read: 1,800 answers, 900/s');
  expect(textAt(2, { label: 'read', unit: 'answers' })).toBe('read: 0 answers');
});

it('says at the end how long it took', () => {
  expect(textAt(42, { done: 61, total: 61, ended: true })).toBe('train: 61 fits in 42s, 1.45/s');
  expect(textAt(0.4, { done: 0, ended: true })).toBe('train: 0 fits in 0.4s');
});
