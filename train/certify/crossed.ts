import { type Scored, tableOf } from '../../metrics/scored.js';
import { maxOf } from '../../support/extremes.js';
import type { Random } from '../../support/random.js';
import { advice } from './advice.js';
import { ALPHAS, type AlphaCoverage } from './alpha-coverage.js';
import { chain } from './chain.js';
import { curveOf } from './chained-coverage.js';
import type { Certified, Claim, Wanted } from './claim.js';
import { clusteredBinomialTest } from './clustered-binomial.js';
import { fixedSequence } from './fixed-sequence.js';
import { labelsBuy } from './labels-buy.js';
import { type Sight, sights } from './outlook.js';
import { candidatesFrom } from './threshold-candidates.js';

/** The asymptotic test is used only if accepted questions × α is at least this. */
export const ENOUGH = 10;

/** Answers with their questions. */
type Grouped = Scored & { group: Int32Array };

/** The answers of one claim under nested cross-fitting. */
export interface CrossedAnswers {
  /**
   * For each fold: its predictor's out-of-fold probabilities of the answers that it was trained on (`before`), and its
   * probabilities of the fold's own answers, which it has not seen (`heldOut`).
   */
  folds: readonly { before: Scored; heldOut: Grouped }[];
  /** Out-of-fold probabilities of the predictor that ships, trained on all. */
  shipped: Scored;
}

/**
 * Certifies one claim by nested cross-fitting: every label trains and tests, but never tests a predictor that it
 * trained. Each fold's predictor has its own thresholds, from strict to loose, from the answers it was trained on. A
 * step uses one threshold of every predictor. Its errors, summed by question over all folds, are tested by the binomial
 * tail on an effective number of trials, at level δ, in a fixed sequence that begins at the first step with enough
 * accepted questions. The claim is about the average error of the fold predictors at the last step that passed. The
 * shipped predictor is trained on all answers and accepts the same share of them. If no step has enough accepted
 * questions, only the first fold's answers are tested, by betting. Asymptotic.
 */
export function certifyCrossed({ folds, shipped }: CrossedAnswers, wanted: Wanted, random: Random): Claim {
  const { alpha, delta, floor, isBrief = false } = wanted;
  const pooled = poolOf(folds.map(({ heldOut }) => heldOut));
  const { n, groups } = tableOf(pooled);
  const seen = folds.map(({ before }) => sights(before, floor));
  const plan = { pooled, seen, groups, floor };

  const steps = stepsOf(plan, alpha, delta);
  let accepted: Standing | null = null;
  if (steps.length === 0) accepted = byOneFold(folds[0], wanted, random.fork('promise'));
  for (const step of steps) {
    if (!(clusteredBinomialTest(step, alpha) <= delta)) break;
    accepted = step.standing;
  }
  const certified = accepted && carried(accepted, shipped, floor);
  const curve = isBrief ? [] : curveOfCrossed(plan, delta, shipped);
  return {
    certified,
    n,
    groups,
    buys: () => labelsBuy(shipped, { alpha, delta, floor, labelled: groups, share: 1, least: ENOUGH / alpha }),
    advice: certified === null && !isBrief ? advice(shipped, pooled, curve, { ...wanted, labelled: groups }) : null,
    curve,
  };
}

/** The held-out answers of all folds together, with the fold of each. */
type Pooled = Grouped & { weight: Float64Array; fold: Int32Array };

function poolOf(heldOut: readonly Grouped[]): Pooled {
  const all = (values: (part: Grouped) => ArrayLike<number>) =>
    Float64Array.from(heldOut.flatMap((part) => Array.from(values(part))));
  return {
    probability: all(({ probability }) => probability),
    label: all(({ label }) => label),
    weight: all(({ weight, label }) => weight ?? new Float64Array(label.length).fill(1)),
    group: Int32Array.from(all(({ group }) => group)),
    fold: Int32Array.from(heldOut.flatMap(({ label }, k) => Array.from(label, () => k))),
  };
}

/**
 * What steps are computed from: the pooled answers, and each fold predictor's sights of the answers it was trained on.
 */
interface Plan {
  pooled: Pooled;
  seen: readonly Sight[][];
  groups: number;
  floor: number;
}

/** How many answers are accepted, and the share of these that is wrong. */
type Standing = Pick<Certified, 'accepted' | 'acceptedGroups' | 'coverage' | 'error' | 'method'>;

/** The answers accepted with one threshold per fold predictor: sums by question, and their share of all answers. */
interface Step {
  mass: Float64Array;
  wrong: Float64Array;
  standing: Standing;
}

/** Steps with enough accepted questions, from strict to loose, until every predictor is at its loosest threshold. */
function stepsOf({ pooled, seen, groups, floor }: Plan, alpha: number, delta: number): Step[] {
  const lists = seen.map((own) => candidatesFrom(own, { alpha, delta, groups, floor }));
  const most = maxOf([0, ...lists.map(({ length }) => length)]);
  // a predictor without a candidate accepts nothing
  const thresholds = (s: number) =>
    lists.map((list) => (list.length === 0 ? Number.POSITIVE_INFINITY : list[Math.min(s, list.length - 1)].threshold));
  return Array.from({ length: most }, (_, s) => stepAt(pooled, thresholds(s))).filter(
    ({ standing }) => standing.acceptedGroups * alpha >= ENOUGH,
  );
}

function stepAt({ probability, label, weight, group, fold }: Pooled, thresholds: readonly number[]): Step {
  const masses = new Map<number, number>();
  const wrongs = new Map<number, number>();
  let accepted = 0;
  for (let i = 0; i < label.length; i++) {
    if (!(probability[i] >= thresholds[fold[i]])) continue;
    accepted++;
    masses.set(group[i], (masses.get(group[i]) ?? 0) + weight[i]);
    wrongs.set(group[i], (wrongs.get(group[i]) ?? 0) + weight[i] * (1 - label[i]));
  }
  const mass = Float64Array.from(masses.values());
  const wrong = Float64Array.from(wrongs.values());
  const all = (values: Float64Array) => values.reduce((sum, value) => sum + value, 0);
  return {
    mass,
    wrong,
    standing: {
      accepted,
      acceptedGroups: mass.reduce((count, m) => count + (m > 0 ? 1 : 0), 0),
      coverage: label.length === 0 ? 0 : accepted / label.length,
      error: all(mass) > 0 ? all(wrong) / all(mass) : null,
    },
  };
}

/** The threshold at which the shipped predictor accepts the same share; null if it would accept nothing. */
function carried(standing: Standing, shipped: Scored, floor: number): Certified | null {
  const threshold = thresholdAt(shipped.probability, standing.coverage);
  return threshold === null ? null : { ...standing, threshold: Math.max(threshold, floor), cap: null, capped: 0 };
}

/**
 * The lowest threshold that accepts no more than this share of the values, halfway to the next lower value. 0 if it
 * accepts all; null if even the highest values (ties) are more than this share.
 */
export function thresholdAt(values: Float64Array, coverage: number): number | null {
  const sorted = values.slice().sort().reverse();
  let count = Math.min(sorted.length, Math.round(coverage * sorted.length));
  while (count > 0 && count < sorted.length && sorted[count - 1] === sorted[count]) count--;
  if (count === 0) return null;
  return count === sorted.length ? 0 : (sorted[count - 1] + sorted[count]) / 2;
}

const BY_ONE_FOLD =
  'nested cross-fitting, betting on the answers of one fold alone, because too few answers were accepted for the ' +
  'test on all ' +
  'folds; the shipped predictor has the threshold at which it accepts the same share';

/**
 * The betting test on one fold's answers with that fold's predictor: for few answers, where an asymptotic test is not
 * valid.
 */
function byOneFold(
  { before, heldOut }: CrossedAnswers['folds'][number],
  { alpha, delta, floor }: Wanted,
  random: Random,
): Standing | null {
  const { groups } = tableOf(heldOut);
  const candidates = candidatesFrom(sights(before, floor), { alpha, delta, groups, floor });
  const { certified } = fixedSequence(candidates, heldOut, { alpha, delta }, random);
  if (certified === null) return null;
  const { accepted, acceptedGroups, coverage, error } = certified;
  return { accepted, acceptedGroups, coverage, error, method: BY_ONE_FOLD };
}

/** The α–coverage curve as one chain of the same tests; all points hold together with confidence 1 − δ. */
function curveOfCrossed(plan: Plan, delta: number, shipped: Scored): AlphaCoverage[] {
  const links = chain<Step>({
    alphas: ALPHAS,
    delta,
    candidates: (alpha, level) => stepsOf(plan, alpha, level),
    test: (step, { alpha }) => clusteredBinomialTest(step, alpha),
  });
  return curveOf(links, ({ standing }) => carried(standing, shipped, plan.floor) ?? { coverage: 0, threshold: 1 });
}
