import { type Scored, tableOf } from '../../metrics/scored.js';
import type { Random } from '../../support/random.js';
import { advice } from './advice.js';
import { ALPHAS, type AlphaCoverage } from './alpha-coverage.js';
import { type Candidate, candidatesFrom } from './candidates.js';
import { chain } from './chain.js';
import { curveOf } from './chained-coverage.js';
import type { Claim, Wanted } from './claim.js';
import { clusteredBinomialTest } from './clustered-binomial.js';
import { fixedSequence, type Tested } from './fixed-sequence.js';
import { labelsBuy } from './labels-buy.js';
import { type Sight, sights } from './outlook.js';

/** Accepted questions × α from which the asymptotic test is used. */
export const ENOUGH = 10;

/** Answers that hold a question each. */
type Grouped = Scored & { group: Int32Array };

/** One kind of answers under nested cross-fitting. */
export interface CrossedKind {
  /**
   * By fold: what its predictor says out of fold of the answers it was trained on (`before`), and what it says of the fold's own
   * answers, which it never saw (`held`).
   */
  folds: readonly { before: Scored; held: Grouped }[];
  /** Out-of-fold probabilities of the predictor that ships, trained on all. */
  shipped: Scored;
}

/**
 * Certifies one kind of answers by nested cross-fitting: every label trains and judges, but never a predictor that it trained.
 * Each fold's predictor has thresholds of its own, strict to loose, from the answers it was trained on. A step accepts with every
 * predictor at once; its errors, summed by question over all folds, are tested by the binomial tail on an effective number of
 * trials, at δ, in fixed sequence, from the first step with enough accepted questions on. What is certified is the average error
 * of the fold predictors at the last step that passed. What ships is trained on all answers and accepts the same share of
 * them. Where no step has enough accepted questions, the first fold's answers alone are tested by betting. Asymptotic.
 */
export function certifyCrossed({ folds, shipped }: CrossedKind, wanted: Wanted, random: Random): Claim {
  const { alpha, delta, floor, isBrief = false } = wanted;
  const pooled = poolOf(folds.map(({ held }) => held));
  const { n, groups } = tableOf(pooled);
  const seen = folds.map(({ before }) => sights(before, floor));
  const tested = (step: Step) => stepOn(pooled, step);

  const steps = stepsOf(seen, { alpha, delta, groups, floor }).filter((step) => isEnough(tested(step), alpha));
  let passed: Step | null = null;
  for (const step of steps) {
    if (!(clusteredBinomialTest(tested(step), alpha) <= delta)) break;
    passed = step;
  }
  const found =
    passed !== null
      ? carried(tested(passed), shipped, floor)
      : steps.length === 0
        ? byOneFold(folds[0], shipped, wanted, random.fork('promise'))
        : null;
  const certified: Tested | null = found && {
    ...found,
    n,
    groups,
    alpha,
    delta,
    pvalue: delta,
    method: 'crossed',
    cap: Number.POSITIVE_INFINITY,
    capped: 0,
  };
  const curve = isBrief ? [] : curveOfCrossed(pooled, seen, { shipped, delta, floor, groups });
  return {
    certified,
    n,
    groups,
    buys: () => labelsBuy(shipped, { alpha, delta, floor, labelled: groups, share: 1, least: ENOUGH / alpha }),
    advice: certified === null && !isBrief ? advice(shipped, pooled, curve, { ...wanted, labelled: groups }) : null,
    curve,
  };
}

/** One threshold for each fold predictor; infinite for one that accepts nothing. */
type Step = readonly number[];

/** Held answers of all folds together, with the fold each is of. */
type Pooled = Grouped & { weight: Float64Array; fold: Int32Array };

function poolOf(held: readonly Grouped[]): Pooled {
  const all = (values: (part: Grouped) => ArrayLike<number>) =>
    Float64Array.from(held.flatMap((part) => Array.from(values(part))));
  return {
    probability: all(({ probability }) => probability),
    label: all(({ label }) => label),
    weight: all(({ weight, label }) => weight ?? new Float64Array(label.length).fill(1)),
    group: Int32Array.from(all(({ group }) => group)),
    fold: Int32Array.from(held.flatMap(({ label }, k) => Array.from(label, () => k))),
  };
}

/** Steps strict to loose until every predictor has reached its loosest. */
function stepsOf(
  seen: readonly Sight[][],
  plan: { alpha: number; delta: number; groups: number; floor: number },
): Step[] {
  const lists: Candidate[][] = seen.map((own) => candidatesFrom(own, plan));
  const most = lists.reduce((longest, list) => Math.max(longest, list.length), 0);
  return Array.from({ length: most }, (_, s) =>
    lists.map((list) => (list.length === 0 ? Number.POSITIVE_INFINITY : list[Math.min(s, list.length - 1)].threshold)),
  );
}

/** What a step accepts: sums by question, and how much it is of all. */
interface Accepted {
  mass: Float64Array;
  wrong: Float64Array;
  accepted: number;
  acceptedGroups: number;
  coverage: number;
  error: number | null;
}

function stepOn({ probability, label, weight, group, fold }: Pooled, step: Step): Accepted {
  const mass = new Map<number, number>();
  const wrong = new Map<number, number>();
  let accepted = 0;
  for (let i = 0; i < label.length; i++) {
    if (!(probability[i] >= step[fold[i]])) continue;
    accepted++;
    mass.set(group[i], (mass.get(group[i]) ?? 0) + weight[i]);
    wrong.set(group[i], (wrong.get(group[i]) ?? 0) + weight[i] * (1 - label[i]));
  }
  const sums = { mass: Float64Array.from(mass.values()), wrong: Float64Array.from(wrong.values()) };
  const all = (values: Float64Array) => values.reduce((sum, value) => sum + value, 0);
  return {
    ...sums,
    accepted,
    acceptedGroups: sums.mass.reduce((count, m) => count + (m > 0 ? 1 : 0), 0),
    coverage: label.length === 0 ? 0 : accepted / label.length,
    error: all(sums.mass) > 0 ? all(sums.wrong) / all(sums.mass) : null,
  };
}

function isEnough({ acceptedGroups }: Accepted, alpha: number): boolean {
  return acceptedGroups * alpha >= ENOUGH;
}

type Standing = Pick<Accepted, 'accepted' | 'acceptedGroups' | 'coverage' | 'error'> & { threshold: number };

/** The predictor that ships at the threshold where it accepts the same share; null where that would be nothing. */
function carried({ mass: _, wrong: __, ...standing }: Accepted, shipped: Scored, floor: number): Standing | null {
  const threshold = thresholdAt(shipped.probability, standing.coverage);
  return threshold === null ? null : { ...standing, threshold: Math.max(threshold, floor) };
}

/**
 * The lowest threshold that accepts no more than this share of the values, halfway to the next lower value; 0 where it accepts
 * all; null where even the highest values are too many.
 */
export function thresholdAt(values: Float64Array, coverage: number): number | null {
  const sorted = values.slice().sort().reverse();
  let count = Math.min(sorted.length, Math.round(coverage * sorted.length));
  while (count > 0 && count < sorted.length && sorted[count - 1] === sorted[count]) count--;
  if (count === 0) return null;
  return count === sorted.length ? 0 : (sorted[count - 1] + sorted[count]) / 2;
}

/** The betting test on one fold's answers by that fold's predictor: for few answers, where no asymptotic test is to be trusted. */
function byOneFold(
  { before, held }: CrossedKind['folds'][number],
  shipped: Scored,
  { alpha, delta, floor }: Wanted,
  random: Random,
): Standing | null {
  const { groups } = tableOf(held);
  const candidates = candidatesFrom(sights(before, floor), { alpha, delta, groups, floor });
  const { certified } = fixedSequence(candidates, held, { alpha, delta }, random);
  if (certified === null) return null;
  const threshold = thresholdAt(shipped.probability, certified.coverage);
  const { accepted, acceptedGroups, coverage, error } = certified;
  return threshold === null
    ? null
    : { threshold: Math.max(threshold, floor), accepted, acceptedGroups, coverage, error };
}

/** The α–coverage curve as one chain of the same tests; all points hold together with confidence 1 − δ. */
function curveOfCrossed(
  pooled: Pooled,
  seen: readonly Sight[][],
  { shipped, delta, floor, groups }: { shipped: Scored; delta: number; floor: number; groups: number },
): AlphaCoverage[] {
  const links = chain<Step>({
    alphas: ALPHAS,
    delta,
    candidates: (alpha, level) =>
      stepsOf(seen, { alpha, delta: level, groups, floor }).filter((step) => isEnough(stepOn(pooled, step), alpha)),
    test: (step, { alpha }) => clusteredBinomialTest(stepOn(pooled, step), alpha),
  });
  return curveOf(links, (step) => {
    const { coverage } = stepOn(pooled, step);
    const threshold = thresholdAt(shipped.probability, coverage);
    return threshold === null ? { coverage: 0, threshold: 1 } : { coverage, threshold: Math.max(threshold, floor) };
  });
}
