import type { Logits } from '../models/numbers.js';
import { maxOf, minOf } from '../support/extremes.js';
import type { TrainingData } from './data.js';
import { rowLosses, weightedMean } from './select.js';

/** Logits of the same rows at every stage of a fit: epochs of a network, every so many trees. */
export type Trail = Logits[];

/** A trail's logits at a stage; one that ended before stays where it ended. */
export function atStage(trail: Trail, stage: number): Logits {
  return trail[Math.min(stage, trail.length - 1)];
}

/** The mean of some trails of the same rows, as long as the longest. */
export function meanTrail(trails: readonly Trail[]): Trail {
  return Array.from({ length: longest(trails) }, (_, stage) => {
    const parts = trails.map((trail) => atStage(trail, stage));
    return parts[0].map((_, i) => parts.reduce((sum, part) => sum + part[i], 0) / parts.length);
  });
}

/** The stage at which the trails of the first folds, taken together, have the least log-loss, and that loss. */
export function bestStage(
  data: TrainingData,
  rows: Int32Array,
  folds: readonly { places: Int32Array }[],
  trails: readonly Trail[],
): { stage: number; loss: number } {
  const here = Int32Array.from(trails.flatMap((_, k) => Array.from(folds[k].places, (i) => rows[i])));
  const losses = Array.from({ length: longest(trails) }, (_, stage) => {
    const z = Float64Array.from(trails.flatMap((trail) => [...atStage(trail, stage)]));
    return weightedMean(data, here, rowLosses(data, here, z));
  });
  const loss = minOf(losses);
  return { stage: losses.indexOf(loss), loss };
}

function longest(trails: readonly Trail[]): number {
  return maxOf(trails.map((trail) => trail.length));
}
