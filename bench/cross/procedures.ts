import type { Scored } from '../../metrics/scored.js';
import { normalCdf } from '../../metrics/special/normal.js';
import type { Random } from '../../support/random.js';
import { type Candidate, candidatesFrom } from '../../train/certify/candidates.js';
import { clusteredBinomialTest } from '../../train/certify/clustered-binomial.js';
import { fixedSequence } from '../../train/certify/fixed-sequence.js';
import { sights } from '../../train/certify/outlook.js';
import { type Drawable, type Sample, truthOf } from './population.js';
import { type Fitted, fitRecipe, foldsOf } from './recipe.js';

export const DELTA = 0.05;
const FOLDS = 5;
/** Accepted questions × α from which an asymptotic test is used. */
const ENOUGH = 10;

/** What was certified, held against the truth; null where nothing was. */
export type Outcome = { coverage: number; risk: number } | null;

/** A predictor and the answers it is tested on, which it never saw. */
interface Tried {
  fitted: Fitted;
  held: Int32Array;
}

/** Everything that is fitted for one sample, whatever the α. */
export interface Fits {
  /** Today's split. */
  split: Tried;
  folds: Tried[];
  /** Trained on all. */
  whole: Fitted;
  /** Trained on the blocks before, tried on the next. */
  blocks: Tried[];
}

export function fitsOf(population: Drawable, sample: Sample, random: Random): Fits {
  const all = Int32Array.from(sample.row.keys());
  const tried = (fold: Int32Array, isFit: (f: number) => boolean, isHeld: (f: number) => boolean, name: string) => ({
    fitted: fitRecipe(
      population,
      sample,
      all.filter((i) => isFit(fold[i])),
      random.fork(name),
    ),
    held: all.filter((i) => isHeld(fold[i])),
  });
  const tenths = foldsOf(sample, all, 10, random.fork('tenths'));
  const held = sample.groups < 600 ? 3 : 2;
  const fold = foldsOf(sample, all, FOLDS, random.fork('folds'));
  const block = foldsOf(sample, all, FOLDS, random.fork('blocks'));
  return {
    split: tried(
      tenths,
      (f) => f >= held,
      (f) => f < held,
      'split',
    ),
    folds: Array.from({ length: FOLDS }, (_, k) =>
      tried(
        fold,
        (f) => f !== k,
        (f) => f === k,
        `fold ${k}`,
      ),
    ),
    whole: fitRecipe(population, sample, all, random.fork('whole')),
    blocks: [2, 3, 4].map((b) =>
      tried(
        block,
        (f) => f < b,
        (f) => f === b,
        `block ${b}`,
      ),
    ),
  };
}

function scored(sample: Sample, at: Int32Array, probability: Float64Array): Scored & { group: Int32Array } {
  return {
    probability,
    label: Float64Array.from(at, (i) => sample.label[i]),
    group: at.map((i) => sample.group[i]),
  };
}

const candidatesOf = (sample: Sample, { at, outOfFold }: Fitted, alpha: number, groups: number): Candidate[] =>
  candidatesFrom(sights(scored(sample, at, outOfFold)), { alpha, delta: DELTA, groups });

/** What a predictor accepts of the population, and how much of that is wrong; several: one for each question by chance. */
function outcome(population: Drawable, used: { fitted: Fitted; threshold: number; share: number }[]): Outcome {
  const truths = used.map(({ fitted, threshold, share }) => {
    const { accepted, wrong } = truthOf(population, fitted.probability, threshold);
    return { accepted: share * accepted, wrong: share * wrong };
  });
  const accepted = truths.reduce((sum, t) => sum + t.accepted, 0);
  return accepted === 0 ? null : { coverage: accepted, risk: truths.reduce((sum, t) => sum + t.wrong, 0) / accepted };
}

/** Today's way: a part of the questions certifies and never trains. */
export function splitWay(
  population: Drawable,
  sample: Sample,
  { split }: Fits,
  alpha: number,
  random: Random,
): Outcome {
  const said = Float64Array.from(split.held, (i) => split.fitted.probability[sample.row[i]]);
  const held = scored(sample, split.held, said);
  const groups = new Set(held.group).size;
  const candidates = candidatesOf(sample, split.fitted, alpha, groups);
  const { certified } = fixedSequence(candidates, held, { alpha, delta: DELTA }, random);
  if (certified === null) return null;
  return outcome(population, [{ fitted: split.fitted, threshold: certified.threshold, share: 1 }]);
}

export interface Sums {
  mass: Float64Array;
  wrong: Float64Array;
}

export type Test = (sums: Sums, alpha: number) => number;

/** Sums by question over what each predictor accepts of its own held answers. */
function sumsOf(sample: Sample, tried: readonly Tried[], thresholds: readonly number[]): Sums {
  const sums = { mass: new Float64Array(sample.groups), wrong: new Float64Array(sample.groups) };
  tried.forEach(({ fitted, held }, k) => {
    for (const i of held) {
      if (!(fitted.probability[sample.row[i]] >= thresholds[k])) continue;
      sums.mass[sample.group[i]]++;
      sums.wrong[sample.group[i]] += 1 - sample.label[i];
    }
  });
  return sums;
}

/**
 * Steps of thresholds, one for each predictor, strict to loose: each predictor's come from its own training answers. A predictor
 * without any accepts nothing. Ends where all predictors have reached their loosest.
 */
function stepsOf(lists: readonly Candidate[][]): number[][] {
  const most = Math.max(0, ...lists.map((list) => list.length));
  return Array.from({ length: most }, (_, s) =>
    lists.map((list) => (list.length === 0 ? Number.POSITIVE_INFINITY : list[Math.min(s, list.length - 1)].threshold)),
  );
}

/** The loosest step whose test and all before it passed, from the first with enough accepted questions on; which is told without labels. */
function lastPassed(
  sample: Sample,
  tried: readonly Tried[],
  steps: readonly number[][],
  alpha: number,
  test: Test,
  enough = ENOUGH,
): number[] | null {
  let passed: number[] | null = null;
  for (const step of steps) {
    const sums = sumsOf(sample, tried, step);
    if (sums.mass.reduce((n, m) => n + (m > 0 ? 1 : 0), 0) * alpha < enough) continue;
    if (!(test(sums, alpha) <= DELTA)) break;
    passed = step;
  }
  return passed;
}

export interface Crossed {
  /** One fold predictor for each question by chance: what was estimated. */
  folds: Outcome;
  /** The mean of their logits, and the refit, thresholds carried over by coverage. */
  mean: Outcome;
  refit: Outcome;
}

export function crossWay(population: Drawable, sample: Sample, fits: Fits, alpha: number, test: Test): Crossed | null {
  const lists = fits.folds.map(({ fitted }) => candidatesOf(sample, fitted, alpha, sample.groups));
  const passed = lastPassed(sample, fits.folds, stepsOf(lists), alpha, test);
  if (passed === null) return null;
  const folds = fits.folds.map(({ fitted }, k) => ({ fitted, threshold: passed[k], share: 1 / FOLDS }));
  const { mass } = sumsOf(sample, fits.folds, passed);
  const coverage = mass.reduce((sum, m) => sum + m, 0) / sample.row.length;
  const mean = meanOf(fits.folds.map(({ fitted }) => fitted));
  const ofMean = Float64Array.from(sample.row, (row) => mean.probability[row]);
  return {
    folds: outcome(population, folds),
    mean: outcome(population, [{ fitted: mean, threshold: atCoverage(ofMean, coverage), share: 1 }]),
    refit: outcome(population, [
      { fitted: fits.whole, threshold: atCoverage(fits.whole.outOfFold, coverage), share: 1 },
    ]),
  };
}

function meanOf(fitted: readonly Fitted[]): Fitted {
  const logit = (p: number) => Math.log(p / (1 - p));
  const probability = fitted[0].probability.map((_, row) => {
    const z = fitted.reduce((sum, { probability: p }) => sum + logit(p[row]), 0) / fitted.length;
    return 1 / (1 + Math.exp(-z));
  });
  return { ...fitted[0], probability };
}

function atCoverage(values: Float64Array, coverage: number): number {
  const sorted = Float64Array.from(values).sort().reverse();
  const last = Math.max(0, Math.min(sorted.length, Math.round(coverage * sorted.length)) - 1);
  return last + 1 < sorted.length ? (sorted[last] + sorted[last + 1]) / 2 : 0;
}

/** Bets that are one fixed share each, and the mean over the shares: valid for the average risk of predictors that change on the way. */
export function prequentialWay(population: Drawable, sample: Sample, { blocks }: Fits, alpha: number): Outcome {
  const groups = blocks.reduce((sum, { held }) => sum + new Set(held.map((i) => sample.group[i])).size, 0);
  const lists = blocks.map(({ fitted }) => candidatesOf(sample, fitted, alpha, groups));
  const most = Math.max(...[...countsOf(sample)]);
  const passed = lastPassed(sample, blocks, stepsOf(lists), alpha, mixtureTest(most), 0);
  if (passed === null) return null;
  return outcome(
    population,
    blocks.map(({ fitted }, k) => ({ fitted, threshold: passed[k], share: 1 / blocks.length })),
  );
}

const SHARES = [0.1, 0.15, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.99];

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

function countsOf(sample: Sample): Float64Array {
  const counts = new Float64Array(sample.groups);
  for (const g of sample.group) counts[g]++;
  return counts;
}

/** One-sided t-test on sums by question, normal quantile. */
export const tTest: Test = ({ mass, wrong }, alpha) => {
  const n = mass.length;
  let [sum, squares] = [0, 0];
  for (let i = 0; i < n; i++) {
    const x = wrong[i] - alpha * mass[i];
    sum += x;
    squares += x * x;
  }
  return normalCdf(sum / Math.sqrt(Math.max(1e-12, squares - (sum * sum) / n)));
};

export const tests: Record<string, Test> = { t: tTest, binomial: clusteredBinomialTest };

/** The most that could be accepted with the true errors of the refit's scores known. */
export function possible(population: Drawable, { whole }: Fits, alpha: number): number {
  const order = Int32Array.from(population.chance.keys()).sort((a, b) => whole.probability[b] - whole.probability[a]);
  let [wrong, best] = [0, 0];
  order.forEach((row, i) => {
    wrong += 1 - population.chance[row];
    if (wrong <= alpha * (i + 1)) best = i + 1;
  });
  return best / order.length;
}
