import { stepsOf, type Test } from './cross-way.js';
import type { Fits } from './fits.js';
import { type Outcome, outcome } from './judged.js';

const SHARES = [0.1, 0.15, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.99];

/**
 * Trains on the blocks so far and bets on the next one. Valid for the average risk of the predictors, which change each
 * time.
 */
export function prequentialWay({ sample, blocks }: Fits, { alpha, delta }: { alpha: number; delta: number }): Outcome {
  const groups = blocks.reduce((sum, { held }) => sum + new Set(held.group).size, 0);
  const lists = blocks.map(({ candidates }) => candidates({ alpha, delta, groups }));
  const test = mixtureTest(heaviest(sample));
  let passed: Outcome = null;
  for (const step of stepsOf(blocks, lists, sample.groups)) {
    if (!(test(step, alpha) <= delta)) break;
    passed = outcome(blocks.map(({ judged }, k) => ({ judged, threshold: step.thresholds[k] })));
  }
  return passed;
}

/** Bets with one fixed share each, and the mean over the shares. */
function mixtureTest(most: number): Test {
  return ({ mass, wrong }, alpha) => {
    let sum = 0;
    for (const share of SHARES) {
      let log = 0;
      for (let i = 0; i < mass.length; i++) {
        if (mass[i] > 0) log += Math.log1p((-share / (1 - alpha)) * ((wrong[i] - alpha * mass[i]) / most));
      }
      sum += Math.exp(Math.min(log, 500)) / SHARES.length;
    }
    return 1 / sum;
  };
}

function heaviest({ groups, group, weight }: Fits['sample']): number {
  const sums = new Float64Array(groups);
  group.forEach((g, i) => {
    sums[g] += weight[i];
  });
  return sums.reduce((most, w) => Math.max(most, w), 0);
}
