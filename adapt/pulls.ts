import type { Pull } from './correction.js';

const HELD = Number.POSITIVE_INFINITY;
/** A penalty on the level that is so small that the level is practically free. */
const FREE = 0.01;

/** Weights on inputs in addition to the trained logit, whose slope is pulled towards 0. */
const withLogit = [300, 100, 30, 10, 3, 1].map((weights): Pull => ({ centre: 0, intercept: FREE, slope: 1, weights }));
/** Weights on inputs without the trained logit: a fit from scratch. */
const withoutLogit = [300, 100, 30, 10, 3, 1, 0.3, 0.1].map(
  (weights): Pull => ({ centre: 0, intercept: FREE, slope: HELD, weights }),
);

/** The two lists of pulls that leave the weights on inputs free. */
export const onWeights: readonly Pull[][] = [withLogit, withoutLogit];

/**
 * All pulls: from "as trained", over "level and slope" and "inputs in addition to the trained logit", to "from
 * scratch".
 */
export const pulls: readonly Pull[] = [
  { centre: 1, intercept: HELD, slope: HELD, weights: HELD },
  ...[10, 1, FREE].map((intercept): Pull => ({ centre: 1, intercept, slope: HELD, weights: HELD })),
  { centre: 1, intercept: 10, slope: 30, weights: HELD },
  ...[10, 1].map((slope): Pull => ({ centre: 1, intercept: 1, slope, weights: HELD })),
  ...[10, 1, 0.1].map((slope): Pull => ({ centre: 1, intercept: FREE, slope, weights: HELD })),
  ...withLogit,
  ...withoutLogit,
];

/**
 * Constants of the prior over pulls, before any label is seen. For a pull on weights, ln(pull) is normal around
 * ln(USUAL / n) with standard deviation WIDTH, because fewer labels allow less freedom. The more the answers look like
 * the training answers, the less likely it is to replace the trained logit (LEAVING, in nats) or to set its level
 * freely (LETTING), and the more likely to keep it as it is (KEEPING). Eased weights were fitted twice, so they are
 * trusted a little less (EASED). These numbers and TEMPER in `adapt.ts` have the least loss over the tasks of
 * bench/adapt at seed 1; the three about familiar answers were chosen over its models.
 */
const USUAL = 10_000;
const WIDTH = 2.5;
const LEAVING = 4;
const LETTING = 2;
const KEEPING = 2;
const EASED = 1;

/** ln prior of a pull, up to a constant, for `n` labels; the share `familiar` of them is like the training answers. */
export function logPrior({ weights, slope, intercept }: Pull, eased: boolean, n: number, familiar: number): number {
  if (weights < HELD)
    return -(eased ? EASED : 0) - 0.5 * (Math.log((weights * n) / USUAL) / WIDTH) ** 2 - LEAVING * familiar;
  if (slope === HELD && intercept === HELD) return KEEPING * familiar;
  return intercept === FREE ? -LETTING * familiar : 0;
}
