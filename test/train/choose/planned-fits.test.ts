import { expect, it } from 'vitest';
import { plannedFits } from '../../../train/choose/planned-fits.js';
import { parseOptions } from '../../../train/options.js';

const options = parseOptions({});
const words = { length: 96, buckets: 4096 };
const plan = { data: { words } as never, options, folds: 5, isCrossed: false, isGiven: false };

it('counts the fits of one predictor: each without a fold, and the one that ships', () => {
  // text channel, logistic regression with and without it, trees, network: 5 × 5, and 1
  expect(plannedFits(plan)).toBe(26);
  expect(plannedFits({ ...plan, data: { words: null } as never })).toBe(16);
  expect(plannedFits({ ...plan, isGiven: true })).toBe(16);
  expect(plannedFits({ ...plan, options: parseOptions({ learners: ['rate', 'signal', 'logistic'] }) })).toBe(16);
});

it('counts the learners of plug-ins, once without each fold and each pair of folds', () => {
  expect(plannedFits({ ...plan, ownLearners: 2 })).toBe(26 + 5 * 2);
  expect(plannedFits({ ...plan, ownLearners: 1, isCrossed: true })).toBe(15 * 6 + 1);
});

it('counts each pair of folds once with nested cross-fitting', () => {
  expect(plannedFits({ ...plan, isCrossed: true })).toBe(15 * 5 + 1);
  expect(plannedFits({ ...plan, isCrossed: true, folds: 3, isGiven: true })).toBe(6 * 3 + 1);
});
