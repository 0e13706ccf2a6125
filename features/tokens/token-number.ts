import type { Feature } from '../feature.js';

/** The part of a signal that is one of the token table's numbers; see `TokenNumber`. */
export function tokenNumber(at: number): Pick<Feature, 'of' | 'numberAt'> {
  return { of: ({ tokens }) => tokens.numbers[at], numberAt: at };
}
