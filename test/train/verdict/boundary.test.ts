import { describe, expect, it } from 'vitest';
import { kinds, makePopulation, oracle } from '../../../bench/certify-population.js';
import { acceptedOf, said } from '../../../bench/verdict/said.js';
import { strataQuestions, weighted } from '../../../bench/verdict/weighted.js';
import { random } from '../../../support/random.js';

const delta = 0.05;
const DRAWS = 600;
/** P(more than 46 of 600 | .05) < .002. */
const MOST = 46;

describe('a promise whose errors are exactly at its target', () => {
  it.each([0, 2, 6].map((k) => kinds[k]))('$name: broken or kept is said in at most a share δ of draws', (kind) => {
    const population = makePopulation(kind, 1000, random(kind.name));
    for (const alpha of [0.05, 0.2]) {
      const accepted = acceptedOf(population.questions, oracle(population, alpha).threshold);
      for (const questions of [30, 150]) {
        const { broken, kept } = said(accepted, { alpha: accepted.error, delta, questions, draws: DRAWS });
        expect(broken).toBeLessThanOrEqual(MOST);
        expect(kept).toBeLessThanOrEqual(MOST);
      }
    }
  });

  it.each(weighted)('$name: the same', (strata) => {
    const accepted = strataQuestions(strata, 0.2);
    expect(accepted.error).toBeCloseTo(0.2, 3);
    const { broken, kept } = said(accepted, { alpha: accepted.error, delta, questions: 150, draws: DRAWS });
    expect(broken).toBeLessThanOrEqual(MOST);
    expect(kept).toBeLessThanOrEqual(MOST);
  });

  it('is told apart from one that is clearly broken or clearly kept', () => {
    const accepted = strataQuestions({ name: 'even', strata: [[1, 1, null]] }, 0.2);
    expect(said(accepted, { alpha: 0.1, delta, questions: 200, draws: 200 })).toMatchObject({ kept: 0 });
    expect(said(accepted, { alpha: 0.1, delta, questions: 200, draws: 200 }).broken).toBeGreaterThan(190);
    expect(said(accepted, { alpha: 0.3, delta, questions: 200, draws: 200 }).kept).toBeGreaterThan(180);
  });
});
