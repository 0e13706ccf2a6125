import type { Decisions, Manifest } from '../models/bundle/manifest.js';
import { type Decided, isCovered, type Row, type Rule, ruleOf } from '../scorer/decide.js';
import type { TrainingData } from './data.js';
import type { TrainOptions } from './options.js';
import { holds } from './relied.js';
import { slicesOf } from './slices.js';

/** What a bundle decides for `rows`, and by which claim; `probability` in the order of `rows`, NaN where the row is shifted. */
export function decisionsOf(
  manifest: Pick<Manifest, 'thresholds' | 'decisions' | 'data'>,
  data: TrainingData,
  rows: Int32Array,
  probability: Float64Array,
): (Decided & { pattern: string; slice: string | null })[] {
  const rule = ruleOf(manifest);
  const slices = manifest.decisions?.by === 'slice' ? slicesOf(data, manifest.decisions.sliceBy) : null;
  return Array.from(rows, (row, i) => {
    const own = rowOf(data, row, slices);
    const shifted = Number.isNaN(probability[i]);
    const decided = rule.decide(rule.standing(own), shifted ? 0 : probability[i], shifted);
    return { ...decided, pattern: own.pattern, slice: own.slice };
  });
}

/** The probabilities that a claim may be about: NaN too where the row is none that the bundle decides for. */
export function coveredOnly(
  manifest: Pick<Manifest, 'thresholds' | 'decisions' | 'data'>,
  data: TrainingData,
  rows: Int32Array,
  probability: Float64Array,
): Float64Array {
  const rule: Rule = ruleOf(manifest);
  return probability.map((p, i) => (isCovered(rule, rowOf(data, rows[i], null)) ? p : Number.NaN));
}

/** What the manifest says of decisions without a promise that the user asked for. */
export function acceptUnseenOf({ acceptUnseen }: Pick<TrainOptions, 'acceptUnseen'>): Pick<Decisions, 'acceptUnseen'> {
  return acceptUnseen.length === 0 ? {} : { acceptUnseen: acceptUnseen.map((what) => ({ what, promise: 'none' })) };
}

function rowOf(data: TrainingData, row: number, slices: string[] | null): Row & { slice: string | null } {
  return {
    pattern: data.pattern[row],
    slice: slices?.[row] ?? null,
    model: data.model[row],
    task: data.task[row],
    selected: data.selected[row],
    holds: (name) => holds(data, row, name),
  };
}
