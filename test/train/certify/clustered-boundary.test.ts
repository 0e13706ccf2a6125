import { describe, expect, it } from 'vitest';
import { kinds, makePopulation, type Population } from '../../../bench/certify-population.js';
import { passesAtBoundary } from '../../../bench/cross/boundary.js';
import { HEAVY, heavyPopulation } from '../../../bench/cross/heavy.js';
import { random } from '../../../support/random.js';
import { binomialTail } from '../../../train/certify/binomial-tail.js';
import { clusteredBinomialTest } from '../../../train/certify/clustered-binomial.js';

const populations: [string, Population][] = [
  ...[0, 2, 5, 6].map((k): [string, Population] => [
    kinds[k].name,
    makePopulation(kinds[k], 4000, random(kinds[k].name)),
  ]),
  [HEAVY.name, heavyPopulation(4000)],
];

describe('the asymptotic test at a true error rate of exactly α, accepted questions × α = 10 and 20', () => {
  // P(more than 71 of 1,000 | .05) < .002.
  it.each(populations)('%s', (_, population) => {
    for (const expected of [10, 20]) {
      expect(passesAtBoundary(population, { alpha: 0.05, expected, draws: 1000 }).clustered).toBeLessThanOrEqual(71);
    }
  });

  it('a t-test passes too often there', () => {
    expect(passesAtBoundary(populations[0][1], { alpha: 0.05, expected: 10, draws: 1000 }).t).toBeGreaterThan(71);
  });

  it('what the heaviest question weighs beyond four mean ones is added once more, as wrong', () => {
    const mass = new Float64Array(400).fill(1);
    mass[0] = 8;
    const wrong = new Float64Array(400).fill(1, 1, 9);
    const size = (399 + 64) / 407;
    const more = 8 - (4 * 407) / 400;
    const seen = (8 - 2 * (8 / 407) * 8 + (8 / 407) ** 2 * 463) / ((8 / 407) * (1 - 8 / 407) * 463);
    const trial = (size * (8 * seen + 5)) / 13;
    const [n, c] = [(407 + more) / trial, (8 + more) / trial];
    const whole = Math.floor(c);
    const tails = [whole, whole + 1].map((k) => Math.log(binomialTail(n, 0.05, k)));
    const between = Math.exp((1 - c + whole) * tails[0] + (c - whole) * tails[1]);
    expect(clusteredBinomialTest({ mass, wrong }, 0.05)).toBeCloseTo(between, 12);
  });
});
