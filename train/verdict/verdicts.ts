import { holm } from '../../metrics/special/holm.js';
import type { Manifest } from '../../models/bundle/manifest.js';
import type { LabelsToDecide, PromiseVerdict } from '../../report/evaluation/results.js';
import type { Decided } from '../../scorer/decide.js';
import { maxOf } from '../../support/extremes.js';
import { ENOUGH } from '../certify/crossed.js';
import type { TrainingData } from '../prepare/training-data.js';
import { type AcceptedSums, type ErrorTest, errorLimits, errorTest } from './error-test.js';
import { trialsToDecide } from './trials-to-decide.js';

/** What a bundle decided about a row. */
export type Placed = Decided & { pattern: string; slice: string | null };

/** The chance with which the number of labels to decide is to decide. */
const CHANCE = 0.8;

/**
 * One verdict per certified claim, each at the claim's own δ: `broken` if "at most α errors" is rejected, `kept` if "α
 * or more errors" is rejected. Rows that no claim covers count for none. `decided` is in the order of the rows of
 * `data`.
 */
export function verdictsOf(
  { thresholds, options }: Pick<Manifest, 'thresholds' | 'options'>,
  data: Pick<TrainingData, 'n' | 'y' | 'w' | 'group'>,
  decided: readonly Placed[],
): PromiseVerdict[] {
  const rowsOf = new Map<string, number[]>(thresholds.map(({ id }) => [id, []]));
  const idOf = new Map(thresholds.map(({ id, pattern, slice }) => [keyOf(pattern, slice), id]));
  decided.forEach(({ why, pattern, slice }, row) => {
    if (why === null) rowsOf.get(idOf.get(keyOf(pattern, slice)) ?? '')?.push(row);
  });
  const certified = thresholds.filter(({ threshold }) => threshold !== null);
  const each = certified.map((claim) => verdictOf(claim, data, decided, rowsOf.get(claim.id)!));
  const deltas = certified.map(({ delta }) => delta);
  const all = deltas.reduce((sum, delta) => sum + delta, 0);
  const level = options['simultaneous'] === true ? all : maxOf([0, ...deltas]);
  const together = holm(
    each.map(({ pvalues }) => pvalues.broken),
    level,
  );
  return each.map((one, k) => ({ ...one, brokenTogether: one.verdict === 'broken' && together[k] }));
}

function verdictOf(
  { id, pattern, slice, alpha, delta }: Manifest['thresholds'][number],
  data: Pick<TrainingData, 'n' | 'y' | 'w' | 'group'>,
  decided: readonly Placed[],
  covered: readonly number[],
): Omit<PromiseVerdict, 'brokenTogether'> {
  const accepted = covered.filter((row) => decided[row].decision === 'accept');
  const sums = sumsOf(data, accepted);
  const test = errorTest(sums);
  const { verdict, pvalues, isTooUneven } = judged(test, { alpha, delta });
  const [mass, wrong] = [sums.mass, sums.wrong].map((values) => values.reduce((sum, value) => sum + value, 0));
  const error = mass > 0 ? wrong / mass : null;
  const limits = error === null ? { low: null, high: null } : errorLimits(test, error, delta);
  const why =
    verdict !== 'cannot tell'
      ? null
      : error === null
        ? 'none of these answers was accepted under this promise'
        : isTooUneven && pvalues.kept <= delta
          ? 'a few questions weigh so much more than the others that there are too few of them'
          : 'the target lies within the interval of the errors';
  return {
    ...{ claim: id, pattern, slice: slice ?? null, alpha, delta, verdict, why },
    answers: covered.length,
    accepted: accepted.length,
    acceptedGroups: sums.mass.length,
    error: { value: error, ...limits },
    pvalues,
    guarantee: test.guarantee,
    needed:
      verdict !== 'cannot tell' || error === null
        ? null
        : neededFor(test, sums, { alpha, delta, answers: data.n, accepted: accepted.length }),
  };
}

/**
 * The verdict on "at most α errors" at level δ, with both p-values. If some questions outweigh the others, the test for
 * `kept` is valid only with enough of them.
 */
export function judged(
  test: ErrorTest,
  { alpha, delta }: Pick<PromiseVerdict, 'alpha' | 'delta'>,
): Pick<PromiseVerdict, 'verdict' | 'pvalues'> & { isTooUneven: boolean } {
  const pvalues = { kept: test.below(alpha), broken: test.above(alpha) };
  const isTooUneven = test.isUneven && test.evenQuestions * alpha < ENOUGH;
  const isKept = pvalues.kept <= delta && !isTooUneven;
  return { verdict: pvalues.broken <= delta ? 'broken' : isKept ? 'kept' : 'cannot tell', pvalues, isTooUneven };
}

/**
 * The number of labels that would decide, if the share of errors is what was observed, pulled towards α by one trial,
 * and the same share of the answers is accepted.
 */
function neededFor(
  test: ErrorTest,
  { mass, wrong }: AcceptedSums,
  { alpha, delta, answers, accepted }: { alpha: number; delta: number; answers: number; accepted: number },
): LabelsToDecide | null {
  const all = mass.reduce((sum, value) => sum + value, 0);
  const errors = wrong.reduce((sum, value) => sum + value, 0);
  const side = errors < alpha * all ? 'below' : 'above';
  const { size } = test.trials[side];
  const error = (errors + alpha * size) / (all + size);
  const now = all / size;
  const least = side === 'below' && test.isUneven ? (now * ENOUGH) / alpha / test.evenQuestions : 1;
  const trials = trialsToDecide({ alpha, delta, error, chance: CHANCE, least });
  if (trials === null) return null;
  const times = Math.max(1, trials / now);
  return {
    answers: Math.ceil(times * answers - 1e-9),
    accepted: Math.ceil(times * accepted - 1e-9),
    error,
    chance: CHANCE,
  };
}

/** Sums over the accepted rows of each question that has any with weight. */
function sumsOf({ y, w, group }: Pick<TrainingData, 'y' | 'w' | 'group'>, rows: readonly number[]): AcceptedSums {
  const sums = new Map<number, { mass: number; wrong: number }>();
  for (const row of rows) {
    const sum = sums.get(group[row]) ?? { mass: 0, wrong: 0 };
    sum.mass += w[row];
    sum.wrong += w[row] * (1 - y[row]);
    sums.set(group[row], sum);
  }
  const heavy = [...sums.values()].filter(({ mass }) => mass > 0);
  return {
    mass: Float64Array.from(heavy, ({ mass }) => mass),
    wrong: Float64Array.from(heavy, ({ wrong }) => wrong),
  };
}

function keyOf(pattern: string, slice: string | null | undefined): string {
  return JSON.stringify([pattern, slice ?? null]);
}
