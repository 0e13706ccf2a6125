import { type Random, random } from '../../support/random.js';
import { ALPHAS, alphaCoverage } from '../../train/certify/alpha-coverage.js';
import { chain, type Link } from '../../train/certify/chain.js';
import { chainedCoverage } from '../../train/certify/chained-coverage.js';
import { clusteredBinomialTest } from '../../train/certify/clustered-binomial.js';
import { type Crossed, crossWay, ENOUGH, shipped, stepsOf } from './cross-way.js';
import { type Fits, fitsOf } from './fits.js';
import { type Outcome, outcome } from './judged.js';
import { type Drawable, drawSample } from './population.js';
import { splitThreshold } from './split-way.js';

/** One kind of curve in one cell: draws with a false claim in the curve, in it or the headline, and mean true coverage by α. */
export interface CurveTally {
  broken: number;
  union: number;
  coverage: number[];
}

export interface CurveCell {
  /** Draws whose headline is false: split, cross. */
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

/** The α–coverage curve by Bonferroni and as a chain, for the split and for cross-fitting, each beside its headline. */
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

/** The product's own curves over the split. */
function splitCurves({ split, sample }: Fits, delta: number, luck: Random) {
  const { at, outOfFold } = split.fitted;
  const seen = {
    probability: outOfFold,
    label: Float64Array.from(at, (i) => sample.label[i]),
    weight: Float64Array.from(at, (i) => sample.weight[i]),
    group: at.map((i) => sample.group[i]),
  };
  return [
    ['split, Bonferroni', alphaCoverage(seen, split.held, { delta }, luck)] as const,
    ['split, chain', chainedCoverage(seen, split.held, { delta }, luck)] as const,
  ].map(([name, curve]) => {
    const points = curve.map(({ alpha, threshold }) => ({
      alpha,
      found: threshold === null ? null : outcome([{ judged: split.judged, threshold }]),
    }));
    return [name, points] as const;
  });
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
  const each: Link<Priced>[] = ALPHAS.map((alpha) => {
    const level = delta / ALPHAS.length;
    const steps = priced(fits, { alpha, delta: level });
    const failed = steps.findIndex(({ pvalue }) => !(pvalue <= level));
    const passed = steps[(failed === -1 ? steps.length : failed) - 1] ?? null;
    return { alpha, passed, gate: level, loosening: level };
  });
  const linked = chain({
    alphas: ALPHAS,
    delta,
    candidates: (alpha, level) => priced(fits, { alpha, delta: level }),
    test: ({ pvalue }) => pvalue,
  });
  return (
    [
      ['Bonferroni', each],
      ['chain', linked],
    ] as const
  ).map(([name, links]) => {
    const points = [...links]
      .sort((a, b) => a.alpha - b.alpha)
      .map(({ alpha, passed }): { alpha: number; found: Crossed | null } => ({
        alpha,
        found: passed === null ? null : shipped(fits.folds, fits.whole, passed),
      }));
    return [name, points] as const;
  });
}
