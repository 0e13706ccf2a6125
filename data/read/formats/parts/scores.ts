import type { Fields } from '../../table/fields.js';
import { isCategory } from '../stored/labels.js';

/**
 * Scores as fields of a record. Those that can be a label (numbers in 0..1, true and false, and what `gradeOf` accepts)
 * become `labels` with their name; others are kept under `scores`. Other numbers and words are also added to the
 * labels, because they show on which scale the other labels of their name are (`grades/own-labels.ts`). A score without
 * a value is left out.
 */
export function scoreFields(
  scores: Iterable<readonly [name: string, value: unknown]>,
  source: string,
  gradeOf: (value: unknown) => number | null = numberGrade,
): Fields {
  const labels: Fields[] = [];
  const rest: Fields = {};
  for (const [name, value] of scores) {
    if (value == null || Number.isNaN(value)) continue;
    const grade = gradeOf(value);
    if (grade !== null)
      labels.push({ value: grade, source, name, ...(typeof value === 'number' ? {} : { raw: value }) });
    else {
      rest[name] = value;
      if (isCandidate(value)) labels.push({ value, source, name, maybe: true });
    }
  }
  return { ...(labels.length > 0 ? { labels } : {}), ...(Object.keys(rest).length > 0 ? { scores: rest } : {}) };
}

/** Whether the value may be a grade on another scale. */
function isCandidate(value: unknown): boolean {
  if (typeof value === 'number') return Number.isFinite(value);
  return typeof value === 'string' && isCategory(value);
}

/** The grade of true, false, or a number in 0..1; null for anything else. */
export function numberGrade(value: unknown): number | null {
  if (typeof value === 'boolean') return value ? 1 : 0;
  return typeof value === 'number' && value >= 0 && value <= 1 ? value : null;
}

/**
 * The grade that a value stands for: as in `numberGrade`, and also the words of Inspect's `value_to_float` (C 1, P 0.5,
 * I 0, N, meaning no answer or a refusal, 0; yes, no, true, false), and numbers as text. Null for anything else.
 */
export function gradeOf(value: unknown): number | null {
  if (typeof value !== 'string') return numberGrade(value);
  const grades: Record<string, number> = { C: 1, P: 0.5, I: 0, N: 0 };
  if (value in grades) return grades[value];
  const word = value.trim().toLowerCase();
  if (word === 'yes' || word === 'true') return 1;
  if (word === 'no' || word === 'false') return 0;
  return /^\d*\.?\d+$/.test(word) ? numberGrade(Number(word)) : null;
}
