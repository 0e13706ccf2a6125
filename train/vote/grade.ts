import type { Labeller } from '../../data/label/labeller.js';
import { labelWith } from '../../data/label/list.js';
import type { Candidate } from './candidate.js';
import type { Outcome } from './poll.js';

/** How candidates are graded: by one rule, or by the labels of the records. Never by both, because they differ. */
export type Grader = 'rule' | 'labels';

/**
 * Who grades: the given rule; without one, the rules that made the labels, each its own records, if rules made all of
 * them; else the labels. `rules` has an empty name for labels of any other source.
 */
export function graderOf(
  rules: ReadonlySet<string>,
  rule: string | undefined,
  own: readonly Labeller[] = [],
): { grader: Grader; by: string } {
  const names = rule !== undefined ? [labelWith(rule, own).name] : rules.has('') ? [] : [...rules];
  if (names.length === 0) return { grader: 'labels', by: 'labels' };
  return { grader: 'rule', by: names.map((name) => `auto:${name}`).join(', ') };
}

/** The grade of a question's first answer; NaN if there is none. */
export function firstGrade(candidates: readonly Candidate[], grader: Grader): number {
  return grader === 'rule' ? candidates[0].rule : candidates[0].label;
}

/**
 * The grade of a voted answer; NaN if there is none. With labels, a sample has none of its own. It is then graded by
 * the mean label of the answers that mean the same as it.
 */
export function votedGrade(
  candidates: readonly Candidate[],
  { chosen, meaning, meanings }: Outcome,
  grader: Grader,
): number {
  const { rule, label } = candidates[chosen];
  if (grader === 'rule') return rule;
  if (!Number.isNaN(label)) return label;
  let sum = 0;
  let graded = 0;
  for (let i = 0; i < meanings.length; i++) {
    if (meanings[i] !== meaning || Number.isNaN(candidates[i].label)) continue;
    sum += candidates[i].label;
    graded++;
  }
  return sum / graded;
}
