import type { Token } from '../../record.js';
import { massBy, withChosen } from './option-mass.js';
import { short } from './short.js';

/** Least probability of true and false together; below it, both are noise in the tail. */
const LEAST = 0.01;

/**
 * P(True) = p(words for true) / (p(words for true) + p(words for false)), over the alternatives of the first token that
 * gives both together 1% or more. Undefined if there is no such token or no alternatives were recorded. Source:
 * Kadavath et al. 2022, section 4.1, who compare the options (A) and (B).
 */
export function truthMass(tokens: readonly Token[]): number | undefined {
  for (const token of tokens) {
    if (token.top == null || token.top.length === 0) continue;
    const mass = massBy(withChosen(token), (text) => verdictOf(text.replace(/[^a-z]/gi, '')));
    const right = mass.get(true) ?? 0;
    const wrong = mass.get(false) ?? 0;
    if (right + wrong >= LEAST) return short(right / (right + wrong));
  }
  return undefined;
}

/**
 * A judge's verdict from its reply: the first word that means true or false, negated after "not". Undefined if there is
 * none.
 */
export function parseTruth(text: string): boolean | undefined {
  let not = false;
  for (const word of text.match(/[a-z]+/gi) ?? []) {
    const verdict = verdictOf(word);
    if (verdict !== undefined) return verdict !== not;
    not = word.toLowerCase() === 'not';
  }
  return undefined;
}

/** A reply to a question for True or False: how right the answer is by it, 0..1, and which of the two it says. */
export interface Vote {
  value: number;
  right: boolean;
}

/**
 * Reads such a reply: P(True) from its log-probabilities, else 1 or 0 from its words. `byWords` leaves the
 * log-probabilities out. Undefined if neither can be read.
 */
export function voteIn(
  { answer, tokens }: { answer: string | null; tokens?: readonly Token[] },
  byWords = false,
): Vote | undefined {
  const word = parseTruth(answer ?? '');
  const mass = byWords ? undefined : truthMass(tokens ?? []);
  const value = mass ?? (word === undefined ? undefined : Number(word));
  return value === undefined ? undefined : { value, right: word ?? value >= 0.5 };
}

const RIGHT = new Set(['true', 'yes', 'right', 'correct']);
const WRONG = new Set(['false', 'no', 'wrong', 'incorrect']);

function verdictOf(word: string): boolean | undefined {
  const lower = word.toLowerCase();
  return RIGHT.has(lower) ? true : WRONG.has(lower) ? false : undefined;
}
