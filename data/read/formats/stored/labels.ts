import { gradeOf } from '../../../grade.js';
import type { Fields } from '../../fields.js';

/** A label as the record has it, with the name of the score that it comes from. */
export interface NamedLabel {
  value: number;
  name: string;
  source?: string;
  rater?: string;
  time?: string;
}

/**
 * The label that a logged score means; null where it has none: a number outside 0..1 (stars, say), a word that is no known
 * grade. Whoever reads the log lets such a score through as it is, so that a mapping can take it.
 */
export function labelFrom(score: unknown, name: string, beside: Fields = {}): NamedLabel | null {
  const value = gradeOf(score);
  if (value === null || Number.isNaN(value)) return null;
  const known = Object.entries(beside).filter(([, text]) => typeof text === 'string' && text !== '');
  return { value, name, ...Object.fromEntries(known) };
}
