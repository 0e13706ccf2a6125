import { foldsByGroup, splitByGroup } from '../data/split.js';
import { VouchError } from '../support/errors.js';
import type { Random } from '../support/random.js';
import { type FitAndCertify, undivided } from '../train/prepare/fit-and-certify.js';
import type { TrainingData } from '../train/prepare/training-data.js';
import { usedRows, type Weighed } from './labels/weighed.js';
import type { RecalibrateRules } from './rules.js';

/** Which labels do what. `mixed`: feedback fits, drawn labels validate and certify. */
export type LabelUse = 'drawn' | 'mixed' | 'feedback';

/** The answers that are used, and their two parts: choice and fit, and validation and certification. */
export interface FreshParts {
  use: LabelUse;
  data: TrainingData;
  parts: FitAndCertify;
  /** Nested cross-fitting: both parts are all answers, and this is the fold of each. Null: a split. */
  fold: Int32Array | null;
}

/**
 * Divides the questions at random. If there are enough drawn labels, only they are used. Else feedback fits, and the
 * drawn labels judge; without enough of them, a part of the feedback judges, and nothing can be certified. A question
 * is in one part only. If only drawn labels are used, `foldsOf` says for the number of their questions in how many folds
 * they all do both; null: they are split. Error: TOO_FEW_LABELS with the number that is needed.
 */
export function freshParts(
  { data, isDrawn }: Weighed,
  rules: RecalibrateRules,
  random: Random,
  foldsOf: (questions: number) => number | null = () => null,
): FreshParts {
  const { leastQuestions: least, heldShare } = rules;
  const drawnGroups = new Set(Array.from(data.group).filter((_, row) => isDrawn[row]));
  const feedbackGroups = new Set(
    Array.from(data.group).filter((group, row) => !isDrawn[row] && !drawnGroups.has(group)),
  );
  const needed = Math.ceil(least / Math.min(heldShare, 1 - heldShare));
  const all = Array.from(data.y.keys());
  const drawn = all.filter((row) => isDrawn[row]);
  const feedback = all.filter((row) => feedbackGroups.has(data.group[row]));
  if (drawnGroups.size >= needed) {
    const folds = foldsOf(drawnGroups.size);
    if (folds !== null) return inFolds(data, drawn, folds, random);
    return { use: 'drawn', ...divided(usedRows(data, Int32Array.from(drawn)), heldShare, random) };
  }
  if (feedbackGroups.size >= least && drawnGroups.size >= least) {
    const [fit, judge] = [feedback, drawn].map((rows) => usedRows(data, Int32Array.from(rows)));
    const rows = Int32Array.from([...feedback, ...drawn]);
    const both = usedRows(data, rows);
    const parts = {
      fit: Int32Array.from({ length: fit.n }, (_, i) => i),
      certify: Int32Array.from({ length: judge.n }, (_, i) => fit.n + i),
    };
    return { use: 'mixed', data: { ...both, w: Float64Array.from([...fit.w, ...judge.w]) }, parts, fold: null };
  }
  if (feedbackGroups.size >= needed) {
    return { use: 'feedback', ...divided(usedRows(data, Int32Array.from(feedback)), heldShare, random) };
  }
  throw new VouchError('TOO_FEW_LABELS', 'too few labelled questions to recalibrate and to check the result', {
    expected: `at least ${needed} questions with drawn labels`,
    got: `${drawnGroups.size} with drawn labels, ${feedbackGroups.size} with feedback`,
    hint:
      `Label ${needed - drawnGroups.size} more questions: vouch monitor --queue draws them. ` +
      'To certify at most 5% errors with 95% confidence, at least 59 held-out questions must be accepted.',
  });
}

/** All rows do both, in folds by question. In the order of ids, so that nothing depends on the order of the file. */
function inFolds(data: TrainingData, rows: readonly number[], folds: number, random: Random): FreshParts {
  const order = rows.map((row) => [data.ids[row], row] as const).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  const used = usedRows(
    data,
    Int32Array.from(order, ([, row]) => row),
  );
  const fold = foldsByGroup(used.groups, folds, random, new Array<string>(used.n).fill(''));
  return { use: 'drawn', data: used, parts: undivided(used), fold };
}

function divided(data: TrainingData, share: number, random: Random): Omit<FreshParts, 'use'> {
  const isHeld = splitByGroup(data.groups, share, random);
  const all = Int32Array.from({ length: data.n }, (_, i) => i);
  const parts = { fit: all.filter((i) => !isHeld[i]), certify: all.filter((i) => isHeld[i] === 1) };
  return { data, parts, fold: null };
}
