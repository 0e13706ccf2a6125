import { describe, expect, it } from 'vitest';
import { bonferroniCoverage } from '../../../bench/bonferroni-coverage.js';
import { drawQuestions, kinds, makePopulation, truthAt } from '../../../bench/certify-population.js';
import { random } from '../../../support/random.js';
import { ALPHAS, type AlphaCoverage } from '../../../train/certify/alpha-coverage.js';
import { chainedCoverage } from '../../../train/certify/chained-coverage.js';

const DELTA = 0.05;
const DRAWS = 100;

describe.each([0, 5])('the curve as a chain, population %s of bench/certify', (k) => {
  const population = makePopulation(kinds[k], 4000, random(kinds[k].name));
  const isFalse = (curve: AlphaCoverage[]) =>
    curve.some(({ alpha, threshold }) => threshold !== null && truthAt(population, threshold).risk > alpha);
  const draws = Array.from({ length: DRAWS }, (_, draw) => {
    const luck = random(`curve ${draw}`);
    const outOfFold = drawQuestions(population, 1200, luck);
    const certify = drawQuestions(population, 400, luck);
    return {
      chained: chainedCoverage(outOfFold, certify, { delta: DELTA }, luck),
      bonferroni: bonferroniCoverage(outOfFold, certify, { delta: DELTA }, luck),
    };
  });

  it('all of it holds but in δ of draws', () => {
    // P(more than 12 of 100 | .05 each) < .002.
    expect(draws.filter(({ chained }) => isFalse(chained)).length).toBeLessThanOrEqual(12);
  });

  it('accepts more than Bonferroni on average, at no α less by more than a hundredth', () => {
    const mean = (of: (draw: (typeof draws)[number]) => AlphaCoverage[], j: number) =>
      draws.reduce((sum, draw) => sum + of(draw)[j].coverage / DRAWS, 0);
    const more = ALPHAS.map((_, j) => mean(({ chained }) => chained, j) - mean(({ bonferroni }) => bonferroni, j));
    expect(Math.min(...more)).toBeGreaterThan(-0.01);
    expect(more.reduce((sum, m) => sum + m / ALPHAS.length, 0)).toBeGreaterThan(0.015);
  });

  it('is a curve: α ascending, coverage never falling, a threshold wherever something is accepted', () => {
    for (const { chained } of draws.slice(0, 20)) {
      expect(chained.map(({ alpha }) => alpha)).toEqual([...ALPHAS]);
      chained.forEach(({ coverage, threshold, indication }, j) => {
        expect(coverage).toBeGreaterThanOrEqual(j === 0 ? 0 : chained[j - 1].coverage);
        expect(threshold === null).toBe(coverage === 0);
        expect(indication).toBe(false);
      });
    }
  });
});
