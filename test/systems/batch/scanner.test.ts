import { expect, it } from 'vitest';
import { bothWays } from '../../data/scan/both-ways.js';

it('100,000 odd lines: the scanner and JSON.parse agree on every bit and every word', () => {
  const { scanned, good, bad } = bothWays(100_000, 'systems');
  expect(scanned).toBeGreaterThan(50_000);
  expect(good).toBeGreaterThan(50_000);
  expect(bad).toBeGreaterThan(12_000);
});
