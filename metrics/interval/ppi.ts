import { counted } from '../scored.js';
import { studentQuantile } from '../special/student.js';
import type { Estimate } from './interval.js';

/** Rows graded by an automatic grader, some of them also by people. Row i of every array is the same answer. */
interface Graded {
  /** Grade by people, or any value computed from it; NaN where they did not grade. */
  human: Float64Array;
  /** The same by the automatic grader; NaN where it gave no grade. */
  automatic: Float64Array;
  /** Weight ≥ 0; if absent, every row has weight 1. */
  weight?: Float64Array;
  /** Question of each row; if absent, every row is a question of its own. */
  group?: Int32Array;
}

interface PpiOptions {
  level: number;
  /**
   * How far the automatic grades are trusted, 0 (not at all) to 1; if absent, the value that makes the interval
   * narrowest.
   */
  lambda?: number;
  /** Half-rows [human, automatic] that count only in the variance: it stays above 0 if few checks never disagree. */
  pseudo?: readonly (readonly [number, number])[];
}

/**
 * Half-rows for shares: one for each way in which people and the automatic grader agree or differ about an answer, in
 * the spirit of Agresti & Min 2005 (half an observation in each of the four combinations of paired shares). Without
 * them, 60 checks without an error would count as certainty.
 */
export const sharePseudo: NonNullable<PpiOptions['pseudo']> = [
  [0, 0],
  [0, 1],
  [1, 0],
  [1, 1],
];

export interface PpiMean {
  mean: Estimate;
  lambda: number;
  /** Standard error. */
  error: number;
}

/**
 * Prediction-powered mean: λ·mean(f over unchecked) + mean(y − λf over checked), where y are the grades by people and f
 * those of the automatic grader. Many grades with errors are corrected by few grades without. Unbiased for any
 * automatic grader if the checked rows are a random sample. The variance comes from sums of influence over questions,
 * times g/(g − 1), so the rows of a question may be checked or unchecked; the interval uses Student's t on the g
 * checked questions. λ minimises that variance within [0, 1]; 0 uses people alone. The interval is null if fewer than
 * two questions are checked. Rows that only people graded count only if nothing is left to predict. Source:
 * Angelopoulos et al. 2023, "Prediction-Powered Inference"; λ: Angelopoulos, Duchi & Zrnic 2023, "PPI++", power tuning.
 */
export function ppiMean(graded: Graded, options: PpiOptions): PpiMean {
  const { human, automatic, weight, group } = graded;
  const n = human.length;
  const w = (i: number) => weight?.[i] ?? 1;
  const { index, count } = group === undefined ? { index: null, count: n } : counted(group);
  const isUnchecked = (i: number) => Number.isNaN(human[i]) && !Number.isNaN(automatic[i]);
  const isPowered = options.lambda !== 0 && human.some((_, i) => isUnchecked(i));
  const isChecked = (i: number) => !Number.isNaN(human[i]) && !(isPowered && Number.isNaN(automatic[i]));
  const mean = (values: Float64Array, isIn: (i: number) => boolean) => {
    let sum = 0;
    let total = 0;
    for (let i = 0; i < n; i++) {
      if (!isIn(i)) continue;
      sum += w(i) * values[i];
      total += w(i);
    }
    return { mean: sum / total, total };
  };
  const y = mean(human, isChecked);
  const checked = isPowered ? mean(automatic, isChecked) : { mean: 0, total: 0 };
  const unchecked = isPowered ? mean(automatic, isUnchecked) : { mean: 0, total: 0 };
  // Influence of each question on mean(y), and on what λ multiplies: mean(f unchecked) − mean(f checked).
  const own = new Float64Array(count);
  const predicted = new Float64Array(count);
  const isCheckedGroup = new Uint8Array(count);
  for (let i = 0; i < n; i++) {
    const g = index?.[i] ?? i;
    if (isChecked(i)) {
      isCheckedGroup[g] = 1;
      own[g] += (w(i) * (human[i] - y.mean)) / y.total;
      if (isPowered) predicted[g] -= (w(i) * (automatic[i] - checked.mean)) / y.total;
    } else if (isPowered && isUnchecked(i)) {
      predicted[g] += (w(i) * (automatic[i] - unchecked.mean)) / unchecked.total;
    }
  }
  const groups = isCheckedGroup.reduce((sum, is) => sum + is, 0);
  const half = Math.SQRT1_2 / groups; // half a row adds half of its square to the variance
  const a = [...own, ...(options.pseudo ?? []).map(([people]) => half * (people - y.mean))];
  const b = [
    ...predicted,
    ...(options.pseudo ?? []).map(([, machine]) => (isPowered ? -half * (machine - checked.mean) : 0)),
  ];
  const lambda = isPowered ? (options.lambda ?? tuned(a, b)) : 0;
  const value = y.mean + lambda * (unchecked.mean - checked.mean);
  const variance = a.reduce((sum, each, g) => sum + (each + lambda * b[g]) ** 2, 0);
  const error = Math.sqrt((variance * groups) / (groups - 1));
  if (groups < 2)
    return { mean: { value: Number.isFinite(value) ? value : null, low: null, high: null }, lambda, error };
  const reach = error * studentQuantile((1 + options.level) / 2, groups - 1);
  return { mean: { value, low: value - reach, high: value + reach }, lambda, error };
}

/** The λ in [0, 1] with the smallest Σ (a + λb)². */
function tuned(a: number[], b: number[]): number {
  const square = b.reduce((sum, each) => sum + each * each, 0);
  const cross = b.reduce((sum, each, g) => sum + each * a[g], 0);
  return square === 0 ? 0 : Math.min(1, Math.max(0, -cross / square));
}
