import { tableOf } from '../../metrics/scored.js';
import { type Random, random } from '../../support/random.js';
import { ALPHAS } from '../../train/certify/alpha-coverage.js';
import { bettingTest } from '../../train/certify/betting.js';
import { type ChainPlan, chain, type Link } from '../../train/certify/chain.js';
import { clusteredBinomialTest } from '../../train/certify/clustered-binomial.js';
import { groupSums } from '../../train/certify/group-sums.js';
import type { ThresholdCandidate } from '../../train/certify/threshold-candidates.js';
import { type Crossed, crossWay, ENOUGH, shipped, stepsOf } from './cross-way.js';
import { type Fits, fitsOf } from './fits.js';
import { type Outcome, outcome } from './judged.js';
import { type Drawable, drawSample } from './population.js';
import { splitThreshold } from './split-way.js';

/**
 * One kind of curve in one cell: draws with a false claim in the curve, in curve or headline, and mean true coverage by
 * α.
 */
export interface CurveTally {
  broken: number;
  union: number;
  coverage: number[];
}

export interface CurveCell {
  /** Draws with a false headline: split, cross. */
  headline: Record<string, number>;
  curves: Record<string, CurveTally>;
}

export interface CurvePlan {
  size: number;
  /** Target error of the headline. */
  alpha: number;
  delta: number;
  draws: number;
  seed?: string;
}

/** The α–coverage curve by Bonferroni and as a chain, for the split and for cross-fitting, each with its headline. */
export function curvesOf(population: Drawable, { size, alpha, delta, draws, seed = '' }: CurvePlan): CurveCell {
  const cell: CurveCell = { headline: { split: 0, refit: 0, folds: 0 }, curves: {} };
  for (let k = 0; k < draws; k++) {
    const draw = random(`${seed}${population.name} ${size} ${k}`);
    const fits = fitsOf(population, drawSample(population, size, draw), draw);
    const { split, refit, folds } = headline(fits, { alpha, delta }, draw.fork(`bets ${alpha}`));
    for (const [way, found] of Object.entries({ split, refit, folds })) if (isFalse(found, alpha)) cell.headline[way]++;
    const add = (name: string, promise: Outcome, curve: { alpha: number; found: Outcome }[]) => {
      const tally = (cell.curves[name] ??= { broken: 0, union: 0, coverage: ALPHAS.map(() => 0) });
      const broken = curve.some((point) => isFalse(point.found, point.alpha));
      if (broken) tally.broken++;
      if (broken || isFalse(promise, alpha)) tally.union++;
      let best = 0;
      curve.forEach(({ found }, j) => {
        best = Math.max(best, found?.coverage ?? 0);
        tally.coverage[j] += best / draws;
      });
    };
    for (const [name, curve] of splitCurves(fits, delta, draw.fork('curve'))) add(name, split, curve);
    for (const [name, curve] of crossCurves(fits, delta)) {
      add(
        `cross ${name}, refit`,
        refit,
        curve.map(({ alpha, found }) => ({ alpha, found: found?.refit ?? null })),
      );
      add(
        `cross ${name}, folds`,
        folds,
        curve.map(({ alpha, found }) => ({ alpha, found: found?.folds ?? null })),
      );
    }
  }
  return cell;
}

const isFalse = (found: Outcome, alpha: number) => found !== null && found.risk > alpha;

function headline(fits: Fits, level: { alpha: number; delta: number }, luck: Random) {
  const threshold = splitThreshold(fits.split, level, luck.fork('split'));
  const split = threshold === null ? null : outcome([{ judged: fits.split.judged, threshold }]);
  return { split, ...crossWay(fits, level, luck.fork('cross')) };
}

/**
 * The curves of the split as the product makes them (`alphaCoverage`, `chainedCoverage`), from probabilities that are
 * looked at once.
 */
function splitCurves({ split }: Fits, delta: number, luck: Random) {
  const table = tableOf(split.held);
  const order = luck.fork('order').shuffle(Int32Array.from({ length: table.groups }, (_, g) => g));
  const plan: Omit<ChainPlan<ThresholdCandidate>, 'delta' | 'alphas'> = {
    candidates: (alpha, level) => split.candidates({ alpha, delta: level, groups: table.groups }),
    test: (step, { alpha, level }) =>
      bettingTest(groupSums(table, step.threshold, step.cap, order), step, alpha, level),
  };
  return bothCurves(plan, delta).map(([name, links]) => {
    const found = links.map(({ alpha, passed }) => ({
      alpha,
      found: passed === null ? null : outcome([{ judged: split.judged, threshold: passed.threshold }]),
    }));
    return [`split, ${name}`, found] as const;
  });
}

/** By Bonferroni and as a chain, α ascending. */
function bothCurves<Step>(plan: Omit<ChainPlan<Step>, 'delta' | 'alphas'>, delta: number) {
  const each = ALPHAS.map((alpha): Link<Step> => {
    const level = delta / ALPHAS.length;
    return chain({ ...plan, alphas: [alpha], delta: level })[0];
  });
  const linked = chain({ ...plan, alphas: ALPHAS, delta }).sort((a, b) => a.alpha - b.alpha);
  return [
    ['Bonferroni', each],
    ['chain', linked],
  ] as const;
}

interface Priced {
  thresholds: number[];
  coverage: number;
  pvalue: number;
}

/** Steps with enough accepted questions, each with its p-value. */
function priced({ sample, folds }: Fits, { alpha, delta }: { alpha: number; delta: number }): Priced[] {
  const lists = folds.map(({ candidates }) => candidates({ alpha, delta, groups: sample.groups }));
  const found: Priced[] = [];
  for (const { thresholds, coverage, accepted, mass, wrong } of stepsOf(folds, lists, sample.groups)) {
    if (accepted * alpha < ENOUGH) continue;
    found.push({ thresholds, coverage, pvalue: clusteredBinomialTest({ mass, wrong }, alpha) });
  }
  return found;
}

function crossCurves(fits: Fits, delta: number) {
  const known = new Map<string, Priced[]>();
  const candidates = (alpha: number, level: number): Priced[] => {
    const key = `${alpha} ${level}`;
    const steps = known.get(key) ?? priced(fits, { alpha, delta: level });
    known.set(key, steps);
    return steps;
  };
  return bothCurves({ candidates, test: ({ pvalue }: Priced) => pvalue }, delta).map(([name, links]) => {
    const found = links.map(({ alpha, passed }): { alpha: number; found: Crossed | null } => ({
      alpha,
      found: passed === null ? null : shipped(fits.folds, fits.whole, passed),
    }));
    return [name, found] as const;
  });
}
