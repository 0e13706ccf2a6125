import type { Token } from '../record.js';
import { massBy, withChosen } from './option-mass.js';

/**
 * P(True) = p(true-ish) / (p(true-ish) + p(false-ish)) over the alternatives of the first token that has any of both.
 * Undefined where no such token or no alternatives were recorded.
 * Source: Kadavath et al. 2022, section 3.
 */
export function truthMass(tokens: readonly Token[]): number | undefined {
  for (const token of tokens) {
    if (token.top == null || token.top.length === 0) continue;
    const mass = massBy(withChosen(token), verdictOf);
    const right = mass.get(true) ?? 0;
    const wrong = mass.get(false) ?? 0;
    if (right + wrong > 0) return Number((right / (right + wrong)).toPrecision(6));
  }
  return undefined;
}

/** A judge's word: true or false by the first such word of the text; undefined when there is none. */
export function parseTruth(text: string): boolean | undefined {
  for (const word of text.match(/[a-z]+/gi) ?? []) {
    const verdict = verdictOf(word);
    if (verdict !== undefined) return verdict;
  }
  return undefined;
}

const RIGHT = new Set(['true', 'yes', 'right', 'correct']);
const WRONG = new Set(['false', 'no', 'wrong', 'incorrect']);

function verdictOf(text: string): boolean | undefined {
  const word = text
    .trim()
    .replace(/[^a-z]+$/i, '')
    .toLowerCase();
  return RIGHT.has(word) ? true : WRONG.has(word) ? false : undefined;
}
