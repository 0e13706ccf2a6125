import { type Scored, tableOf } from '../../metrics/scored.js';
import type { Random } from '../../support/random.js';
import { ALPHAS, type AlphaCoverage } from './alpha-coverage.js';
import { bettingTest } from './betting.js';
import { chain, type Link } from './chain.js';
import { groupSums } from './group-sums.js';
import { sights } from './outlook.js';
import { candidatesFrom } from './threshold-candidates.js';

/**
 * The α–coverage curve of a split, as one chain of betting tests: all points hold together with confidence 1 − δ. This
 * δ is separate from the δ of the certified threshold. Coverage is the share of the certify answers that are accepted.
 */
export function chainedCoverage(
  outOfFold: Scored,
  certify: Scored,
  { delta, alphas = ALPHAS }: { delta: number; alphas?: readonly number[] },
  random: Random,
): AlphaCoverage[] {
  const table = tableOf(certify);
  const order = random.fork('order').shuffle(Int32Array.from({ length: table.groups }, (_, g) => g));
  const seen = sights(outOfFold);
  const links = chain({
    alphas,
    delta,
    candidates: (alpha, level) => candidatesFrom(seen, { alpha, delta: level, groups: table.groups }),
    test: (step, { alpha, level }) =>
      bettingTest(groupSums(table, step.threshold, step.cap, order), step, alpha, level),
  });
  return curveOf(links, ({ threshold }) => ({
    threshold,
    coverage: table.probability.reduce((sum, p) => sum + (p >= threshold ? 1 : 0), 0) / table.n,
  }));
}

/**
 * The links of a chain as a curve with ascending α. A threshold that is certified at a smaller α also holds at a larger
 * one.
 */
export function curveOf<Step>(
  links: readonly Link<Step>[],
  point: (step: Step) => { coverage: number; threshold: number },
): AlphaCoverage[] {
  let best: { coverage: number; threshold: number | null } = { coverage: 0, threshold: null };
  return [...links]
    .sort((a, b) => a.alpha - b.alpha)
    .map(({ alpha, passed }) => {
      const found = passed === null ? best : point(passed);
      if (found.coverage > best.coverage) best = found;
      return { alpha, coverage: best.coverage, threshold: best.threshold, indication: false };
    });
}
