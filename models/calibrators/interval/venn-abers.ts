import type { Logits, Probabilities } from '../../numbers.js';
import type { Graph } from '../../onnx/graph.js';
import { coarser } from './coarser.js';
import { countBelow, countUpTo, emitCount } from './count.js';
import { insertionFits } from './insertion-fits.js';
import { roundedDown } from './rounded-down.js';
import { stepsOf } from './steps.js';

/** Both bounds as ascending steps: `low[i]` holds where i of `lowAt` are ≤ z, `high[i]` where i of `highAt` are < z. */
export interface VennAbers {
  lowAt: number[];
  low: number[];
  highAt: number[];
  high: number[];
}

/** Most steps of a bound: 256 of them are never more than 4e-3 from the exact one, as both rise from 0 to 1. */
const MOST_STEPS = 256;

/**
 * Inductive Venn–Abers: the interval [p0, p1] around the probability at z, where p_u is the isotonic fit at z to the answers and
 * one more at z with label u and weight 1. One of the two is calibrated whatever the predictor, for exchangeable answers (of
 * several to a question, one each would be); where few answers lie near z the interval is wide. For out-of-fold logits of the
 * recipe that ships. Soft labels and weights count as shares of answers. Steps are joined and logits rounded to float32
 * outwards only, so that the interval can only widen. Applied to bundles trained before the calibration band, and held against it
 * in bench/interval.ts: it is no interval for the share right at a score (that lies outside in half the rows). Source: Vovk &
 * Petej 2014; Vovk, Petej & Fedorova 2015. O(n log n).
 */
export function fitVennAbers(logits: Logits, y: Float64Array, w: Float64Array): VennAbers {
  const { z, weight, right } = stepsOf(logits, y, w);
  const wrong = weight.map((by, i) => by - right[i]);
  const mirrored = z.map((at) => -at).toReversed();
  const above = coarser(z, insertionFits(weight, right), MOST_STEPS);
  const below = coarser(mirrored, insertionFits(weight.toReversed(), wrong.toReversed()), MOST_STEPS);
  // p1 holds up to and at a logit, p0 from a logit on: mirrored and with the labels swapped, one is 1 − the other
  return {
    lowAt: below.at.map((at) => -roundedDown(at)).toReversed(),
    low: [...below.value, 1].map((p) => roundedDown(1 - p)).toReversed(),
    highAt: above.at.map(roundedDown),
    high: [...above.value, 1].map((p) => -roundedDown(-p)),
  };
}

/** The lower bound at a logit. O(log k). */
export function vennAbersLow({ lowAt, low }: VennAbers, z: number): number {
  return low[countUpTo(lowAt, 1, z)];
}

/** The upper bound at a logit. O(log k). */
export function vennAbersHigh({ highAt, high }: VennAbers, z: number): number {
  return high[countBelow(highAt, z)];
}

/** The interval at each logit. O(n log k). */
export function applyVennAbers(interval: VennAbers, logits: Logits): { low: Probabilities; high: Probabilities } {
  return {
    low: logits.map((z) => vennAbersLow(interval, z)),
    high: logits.map((z) => vennAbersHigh(interval, z)),
  };
}

/** logit [n] in; names of both bounds [n]. */
export function emitVennAbers(
  graph: Graph,
  { lowAt, low, highAt, high }: VennAbers,
  logit: string,
): { low: string; high: string } {
  return {
    low: graph.op('Gather', [graph.floats(low, [low.length]), emitCount(graph, lowAt, logit, 'GreaterOrEqual')]),
    high: graph.op('Gather', [graph.floats(high, [high.length]), emitCount(graph, highAt, logit, 'Greater')]),
  };
}
