import { expect, it } from 'vitest';
import { recalibratedOnce } from '../../bench/recalibrate-promise/draw.js';
import { acceptedBy, drifts, populationFor } from '../../bench/recalibrate-promise/population.js';

const [DRAWS, ALPHA, DELTA] = [120, 0.1, 0.05];
/** Nominal, and three standard errors of a binomial share. */
const MOST = DELTA * DRAWS + 3 * Math.sqrt(DRAWS * DELTA * (1 - DELTA));

it.each([false, true])('keeps its promise with weights of the queue, cross and split; ten to one: %s', (isUneven) => {
  const population = populationFor(drifts[0], ALPHA); // at the limit, where whatever is certified is broken
  const broken = { split: 0, cross: 0 };
  for (let k = 0; k < DRAWS; k++) {
    const plan = { labels: 260, isUneven, alpha: ALPHA, delta: DELTA, seed: `test ${k}` };
    const found = recalibratedOnce(population, plan);
    for (const way of ['split', 'cross'] as const) {
      const certified = found[way];
      if (certified !== null && acceptedBy(population, certified).error > ALPHA) broken[way]++;
    }
  }
  expect(broken.split).toBeLessThanOrEqual(MOST);
  expect(broken.cross).toBeLessThanOrEqual(MOST);
});
