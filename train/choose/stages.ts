import type { Logits } from '../../models/numbers.js';
import { isSmall } from '../../report/small.js';
import { maxOf, minOf } from '../../support/extremes.js';
import type { TrainingData } from '../prepare/training-data.js';
import { rowLosses, weightedMean } from './select.js';

/**
 * Logits of the same rows at every stage of a fit: epochs of a network, every so many trees. Made when they are asked
 * for.
 */
export interface Trail {
  /** Number of stages, including the one before the fit began. */
  length: number;
  /** The logits at a stage; after its end, a trail keeps its last logits. */
  at(stage: number): Logits;
}

/** The stages of one member as its fit gives them, in float32: networks and trees know no more digits. */
type MemberTrail = readonly Float32Array[];

/**
 * The mean of the first `ends[k]` stages of each member's trail, for the rows at `places`; as long as the longest of
 * them.
 */
export function meanTrail(members: readonly MemberTrail[], places: Int32Array, ends?: readonly number[]): Trail {
  const last = members.map((trail, k) => Math.min(ends?.[k] ?? trail.length, trail.length) - 1);
  return {
    length: maxOf(last) + 1,
    at: (stage) => {
      const parts = members.map((trail, k) => trail[Math.min(stage, last[k])]);
      return Float64Array.from(places, (i) => parts.reduce((sum, part) => sum + part[i], 0) / parts.length);
    },
  };
}

/**
 * The stage at which the trails of the first folds together have the lowest log-loss, and that loss. On few questions,
 * only stages that all trails reached count: a trail ends where the loss of its own held-out rows rises, so its last
 * stage is too optimistic about the later stages of the refit on all rows.
 */
export function bestStage(
  data: TrainingData,
  rows: Int32Array,
  folds: readonly { places: Int32Array }[],
  trails: readonly Trail[],
): { stage: number; loss: number } {
  const here = trails.map((_, k) => folds[k].places.map((i) => rows[i]));
  const all = joined(here, Int32Array);
  const lengths = trails.map(({ length }) => length);
  const reached = isSmall(data, rows) ? minOf(lengths) : maxOf(lengths);
  let best = { stage: 0, loss: Number.POSITIVE_INFINITY };
  for (let stage = 0; stage < reached; stage++) {
    const z = joined(
      trails.map((trail) => trail.at(stage)),
      Float64Array,
    );
    const loss = weightedMean(data, all, rowLosses(data, all, z));
    if (stage === 0 || loss < best.loss) best = { stage, loss };
  }
  return best;
}

function joined<T extends Int32Array | Float64Array>(parts: readonly T[], make: new (length: number) => T): T {
  const all = new make(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
