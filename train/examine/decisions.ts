import type { Decisions, Manifest } from '../../models/bundle/manifest.js';
import type { LeftOut } from '../../report/results.js';
import { type Decided, isCovered, type Row, type Rule, ruleOf } from '../../scorer/decide.js';
import { holds } from '../certify/relied.js';
import type { TrainOptions } from '../options.js';
import { slicesOf } from '../prepare/slices.js';
import type { TrainingData } from '../prepare/training-data.js';
import type { LeftOutRun } from './leave-out.js';
import type { ScoredRows } from './score-rows.js';

/** The decisions of a bundle for `rows`, and the claim of each. Both probabilities are in the order of `rows`. */
export function decisionsOf(
  manifest: Pick<Manifest, 'thresholds' | 'decisions' | 'data'>,
  data: TrainingData,
  rows: Int32Array,
  { probability, decided }: Pick<ScoredRows, 'probability' | 'decided'>,
): (Decided & { pattern: string; slice: string | null })[] {
  const rule = ruleOf(manifest);
  const slices = manifest.decisions?.by === 'slice' ? slicesOf(data, manifest.decisions.sliceBy) : null;
  return Array.from(rows, (row, i) => {
    const own = rowOf(data, row, slices);
    const said = rule.decide(rule.standing(own), probability[i], Number.isNaN(decided[i]));
    return { ...said, pattern: own.pattern, slice: own.slice };
  });
}

/**
 * The probabilities that a claim may cover; NaN for any other row, including rows for which the bundle makes no
 * decision.
 */
export function coveredOnly(
  manifest: Pick<Manifest, 'thresholds' | 'decisions' | 'data'>,
  data: TrainingData,
  rows: Int32Array,
  probability: Float64Array,
): Float64Array {
  const rule: Rule = ruleOf(manifest);
  return probability.map((p, i) => (isCovered(rule, rowOf(data, rows[i], null)) ? p : Number.NaN));
}

/**
 * What was left out of training, with the share that the bundle's thresholds would accept. It indicates what happens to
 * answers of an unseen model, for which there is no promise.
 */
export function leftOutAccepted(
  manifest: Pick<Manifest, 'thresholds' | 'decisions' | 'data'>,
  data: TrainingData,
  runs: readonly LeftOutRun[],
): LeftOut[] {
  const isCertified = manifest.thresholds.some(({ threshold }) => threshold !== null);
  return runs.map(({ standing, rows, ...scored }) => {
    if (!isCertified) return { ...standing, accepted: null };
    const decided = decisionsOf(manifest, data, rows, scored);
    const accepted = Array.from(rows).filter((_, i) => decided[i].decision === 'accept');
    const weight = (list: ArrayLike<number>) => Array.from(list).reduce((sum, row) => sum + data.w[row], 0);
    const wrong = accepted.reduce((sum, row) => sum + data.w[row] * (1 - data.y[row]), 0);
    const error = accepted.length === 0 ? null : wrong / weight(accepted);
    return { ...standing, accepted: { share: weight(accepted) / weight(rows), error } };
  });
}

/** The manifest's entry on decisions without a promise, which the user requested. */
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
