import type { Pull } from './correction.js';

const HELD = Number.POSITIVE_INFINITY;
/** Pull on a level that is drawn to nothing: as good as free. */
const FREE = 0.01;

/** Inputs beside the trained logit, which is itself drawn to nothing. */
const besides = [300, 100, 30, 10, 3, 1].map((weights): Pull => ({ centre: 0, intercept: FREE, slope: 1, weights }));
/** Inputs alone: from scratch. */
const instead = [300, 100, 30, 10, 3, 1, 0.3, 0.1].map(
  (weights): Pull => ({ centre: 0, intercept: FREE, slope: HELD, weights }),
);

/** The pulls that leave the weights of inputs free, each kind by itself. */
export const onWeights: readonly Pull[][] = [besides, instead];

/** From "as trained" over "level and slope" and "inputs beside a slope of their own" to "from scratch". */
export const pulls: readonly Pull[] = [
  { centre: 1, intercept: HELD, slope: HELD, weights: HELD },
  ...[10, 1, FREE].map((intercept): Pull => ({ centre: 1, intercept, slope: HELD, weights: HELD })),
  { centre: 1, intercept: 10, slope: 30, weights: HELD },
  ...[10, 1].map((slope): Pull => ({ centre: 1, intercept: 1, slope, weights: HELD })),
  ...[10, 1, 0.1].map((slope): Pull => ({ centre: 1, intercept: FREE, slope, weights: HELD })),
  ...besides,
  ...instead,
];

/**
 * What is thought of a pull before any label was seen. Of one on weights: ln pull about normal around ln(USUAL / n), as fewer
 * labels bear less freedom. And the more of the answers look like those trained on, the more it takes to leave the trained
 * logit (LEAVING, in nats) or to set its level freely (LETTING), and the less to keep it as it is (KEEPING). Eased weights were fitted twice, so they
 * bear a little less trust (EASED). These numbers and the tempering of `adapt.ts` are those with the least loss over the tasks of
 * bench/adapt at seed 1, the three about familiar answers over its models.
 */
const USUAL = 10_000;
const SPREAD = 2.5;
const LEAVING = 4;
const LETTING = 2;
const KEEPING = 2;
const EASED = 1;

/** ln prior of a pull, up to a constant, for `n` labels of which the share `familiar` is like what was trained on. */
export function logPrior({ weights, slope, intercept }: Pull, eased: boolean, n: number, familiar: number): number {
  if (weights < HELD)
    return -(eased ? EASED : 0) - 0.5 * (Math.log((weights * n) / USUAL) / SPREAD) ** 2 - LEAVING * familiar;
  if (slope === HELD && intercept === HELD) return KEEPING * familiar;
  return intercept === FREE ? -LETTING * familiar : 0;
}
