import { random } from '../../support/random.js';
import { clusteredBinomialTest } from '../../train/certify/clustered-binomial.js';
import { oracle, type Population } from '../certify-population.js';
import type { Sums } from './cross-way.js';
import { tTest } from './t-test.js';

const DELTA = 0.05;

/**
 * In how many draws each test passes a threshold whose true error rate is exactly α. `expected`: effective accepted
 * questions × α, where heavy questions count for more than one and so more of them are drawn (Kish).
 */
export function passesAtBoundary(
  population: Population,
  { alpha, expected, draws }: { alpha: number; expected: number; draws: number },
): { clustered: number; t: number } {
  const { threshold, risk } = oracle(population, alpha);
  const accepted = population.questions.map((rows) => rows.filter(({ probability }) => probability >= threshold));
  const masses = accepted.map((rows) => rows.reduce((sum, { weight }) => sum + weight, 0));
  const [m, mm] = [1, 2].map((power) => masses.reduce((sum, mass) => sum + mass ** power, 0));
  const questions = Math.round((expected / risk / (m * m)) * mm * accepted.length);
  const passed = { clustered: 0, t: 0 };
  for (let k = 0; k < draws; k++) {
    const draw = random(`boundary ${k}`);
    const sums: Sums = { mass: new Float64Array(questions), wrong: new Float64Array(questions) };
    for (let q = 0; q < questions; q++) {
      for (const { weight, label } of accepted[draw.int(accepted.length)]) {
        sums.mass[q] += weight;
        sums.wrong[q] += weight * (1 - label);
      }
    }
    if (clusteredBinomialTest(sums, risk) <= DELTA) passed.clustered++;
    if (tTest(sums, risk) <= DELTA) passed.t++;
  }
  return passed;
}
