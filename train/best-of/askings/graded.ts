import { VouchError } from '../../../support/errors.js';
import { numbered } from '../../../support/numbered.js';
import { thousands } from '../../../support/words/thousands.js';
import type { Grader } from '../../vote/grade.js';
import type { Asking } from './askings.js';
import type { Candidate } from './candidate.js';
import type { View } from './view.js';

/** Fewest graded questions, and fewest right and wrong first answers, for a fit with a few weights in each fold. */
const FEWEST = 50;
const FEWEST_OF_EACH = 10;

/** The askings whose answers are all graded, and the grade of each candidate. */
interface Graded {
  rows: Int32Array;
  /** The question of each asking, as a number. */
  group: Int32Array;
  /** NaN where there is none. */
  gradeOf: (candidate: Candidate) => number;
}

/**
 * Grades all candidates in the same way. By labels, an answer without one has the mean label of the answers that mean
 * the same. Errors: NO_LABELS; TOO_FEW_LABELS with fewer than 50 questions, or fewer than 10 right or wrong first
 * answers.
 */
export function gradedAskings(
  askings: readonly Asking[],
  { draws, revised }: { draws: ReadonlyMap<number, readonly View[]>; revised: readonly View[] | null },
  grader: Grader,
): Graded {
  const known = new Map<Candidate, number>();
  const largest = [...draws.values()].at(-1) ?? [];
  for (const view of [...(revised ?? []), ...largest]) grade(view, grader, known);
  const gradeOf = (candidate: Candidate) => known.get(candidate) ?? Number.NaN;
  const group = numbered(askings.map((asking) => asking.group)).index;
  const isGraded = (view: View) => !view.candidates.some((candidate) => Number.isNaN(gradeOf(candidate)));
  const rows = Int32Array.from(askings.keys()).filter(
    (row) => isGraded(largest[row]) && (revised === null || isGraded(revised[row])),
  );
  check(rows, group, (row) => gradeOf(largest[row].candidates[0]));
  return { rows, group, gradeOf };
}

function grade({ candidates, meaning, meanings }: View, grader: Grader, known: Map<Candidate, number>): void {
  const sums = new Float64Array(meanings);
  const counts = new Float64Array(meanings);
  candidates.forEach(({ label }, i) => {
    if (Number.isNaN(label)) return;
    sums[meaning[i]] += label;
    counts[meaning[i]]++;
  });
  candidates.forEach((candidate, i) => {
    const { rule, label } = candidate;
    const own = grader === 'rule' ? rule : Number.isNaN(label) ? sums[meaning[i]] / counts[meaning[i]] : label;
    if (!Number.isNaN(own) || !known.has(candidate)) known.set(candidate, own);
  });
}

function check(rows: Int32Array, group: Int32Array, first: (row: number) => number): void {
  const hint = 'Give every answer a reference, and grade all of them by a rule: --with NAME.';
  if (rows.length === 0) throw new VouchError('NO_LABELS', 'no question has a grade for each of its answers', { hint });
  const questions = new Set(rows.map((row) => group[row])).size;
  const right = rows.reduce((sum, row) => sum + first(row), 0);
  if (questions >= FEWEST && right >= FEWEST_OF_EACH && rows.length - right >= FEWEST_OF_EACH) return;
  throw new VouchError('TOO_FEW_LABELS', 'too few graded questions to compare methods', {
    expected: `${FEWEST} questions, with ${FEWEST_OF_EACH} right and ${FEWEST_OF_EACH} wrong first answers`,
    got: `${thousands(questions)} questions, ${thousands(Math.round(right))} right first answers`,
    hint,
  });
}
