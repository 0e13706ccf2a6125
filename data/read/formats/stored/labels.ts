import { gradeOf, isUngraded } from '../../../grade.js';
import type { Fields } from '../../table/fields.js';

/**
 * A label in the form of the record, with the name of its score. A value that is not a grade by itself (stars, -1, a
 * category) is kept as logged: the other values of its name, or the user, decide what it means
 * (`grades/own-labels.ts`).
 */
export interface NamedLabel {
  value: number | string;
  /** Whether it is a grade has not been decided yet. */
  maybe?: true;
  /** The logged value, if it was not a number. */
  raw?: string | boolean;
  name: string;
  source?: string;
  rater?: string;
  time?: string;
}

/** Longer texts are remarks. */
const CATEGORY = 40;

/** The label that a logged score may mean; null for no value, a remark or a list. */
export function labelFrom(score: unknown, name: string, beside: Fields = {}): NamedLabel | null {
  const value = isUngraded(score) ? null : logged(score);
  if (value === null) return null;
  const known = Object.entries(beside).filter(([, text]) => typeof text === 'string' && text !== '');
  const label: NamedLabel = { value, name, ...Object.fromEntries(known) };
  if (!isGradeValue(value)) return { ...label, maybe: true };
  return typeof score === 'string' || typeof score === 'boolean' ? { ...label, raw: score } : label;
}

/** Whether a text has only a few words, so that it may be a category and not a remark. */
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
