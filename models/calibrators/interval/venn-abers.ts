import type { Graph } from '../../onnx/graph.js';
import { countBelow, countUpTo, emitCount } from './count.js';

/**
 * The interval of bundles trained before the calibration band. Both bounds as ascending steps: the lower bound at z is
 * `low[i]` if i values of `lowAt` are ≤ z; the upper bound is `high[i]` if i values of `highAt` are < z. Nothing fits it
 * any more, except `bench/interval/venn-abers/fit.ts`, for comparison.
 */
export interface VennAbers {
  lowAt: number[];
  low: number[];
  highAt: number[];
  high: number[];
}

/** The lower bound at a logit. O(log k). */
export function vennAbersLow({ lowAt, low }: VennAbers, z: number): number {
  return low[countUpTo(lowAt, 1, z)];
}

/** The upper bound at a logit. O(log k). */
export function vennAbersHigh({ highAt, high }: VennAbers, z: number): number {
  return high[countBelow(highAt, z)];
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
