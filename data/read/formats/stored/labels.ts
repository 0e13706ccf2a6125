import { gradeOf, isUngraded } from '../../../grade.js';
import type { Fields } from '../../table/fields.js';

/**
 * A label as the record has it, with the name of the score that it comes from. A value that is no grade by itself (stars, -1, a category)
 * stays as it was logged: what it means is told by the other values of its name, or by the user (`grades/own-labels.ts`).
 */
export interface NamedLabel {
  value: number | string;
  /** Whether it is a grade is still to be told. */
  maybe?: true;
  /** As it was logged, where that was no number. */
  raw?: string | boolean;
  name: string;
  source?: string;
  rater?: string;
  time?: string;
}

/** Longer texts are remarks. */
const CATEGORY = 40;

/** The label that a logged score may mean; null where it has none: no value, a remark, a list. */
export function labelFrom(score: unknown, name: string, beside: Fields = {}): NamedLabel | null {
  const value = isUngraded(score) ? null : logged(score);
  if (value === null) return null;
  const known = Object.entries(beside).filter(([, text]) => typeof text === 'string' && text !== '');
  const label: NamedLabel = { value, name, ...Object.fromEntries(known) };
  if (!isGradeValue(value)) return { ...label, maybe: true };
  return typeof score === 'string' || typeof score === 'boolean' ? { ...label, raw: score } : label;
}

/** Whether a text is one of a few words, not a remark. */
export function isCategory(text: string): boolean {
  return text.trim() !== '' && text.length <= CATEGORY && !/[\r\n]/.test(text);
}

function logged(score: unknown): number | string | null {
  const grade = gradeOf(score);
  if (grade !== null && !Number.isNaN(grade)) return grade;
  if (typeof score === 'number') return Number.isFinite(score) ? score : null;
  return typeof score === 'string' && isCategory(score) ? score : null;
}

function isGradeValue(value: number | string): boolean {
  return typeof value === 'number' && value >= 0 && value <= 1;
}
