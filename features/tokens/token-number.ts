import type { Feature } from '../feature.js';

/** A signal that is one of these numbers. */
export function tokenNumber(at: number): Pick<Feature, 'of' | 'numberAt'> {
  return { of: ({ tokens }) => tokens.numbers[at], numberAt: at };
}
