import { boundedJson } from '../../read/json/bounded-json.js';
import { SCORE_NAME } from './score-name.js';
import type { Verified } from './verifier.js';

/** Most further scores of one reply. */
const MOST = 32;

/**
 * Reads what a verifier replied: a number in 0..1, or `{"score": number, "scores": {NAME: number}}` in JSON, where
 * `scores` is optional and null means that there is none. Anything else is `failed`, also a number outside 0..1: a
 * score is never guessed.
 */
export function readScores(text: string): Verified {
  let value: unknown;
  try {
    value = boundedJson(text.trim());
  } catch {
    return { failed: `expected a number from 0 to 1 or {"score": …}, got ${shown(text)}` };
  }
  if (typeof value === 'number') return scored(new Map([['', value]]));
  if (typeof value !== 'object' || value === null || !('score' in value)) {
    return { failed: `expected a number from 0 to 1 or {"score": …}, got ${shown(text)}` };
  }
  const { score, scores } = value as { score: unknown; scores?: unknown };
  const named = new Map<string, unknown>([['', score]]);
  if (scores != null) {
    if (typeof scores !== 'object' || Array.isArray(scores)) return { failed: 'scores is not an object' };
    for (const [name, one] of Object.entries(scores)) {
      if (!SCORE_NAME.test(name)) return { failed: `${shown(name)} is no name for a score` };
      if (one !== null) named.set(name, one);
    }
    if (named.size > MOST + 1) return { failed: `more than ${MOST} scores` };
  }
  return scored(named);
}

function scored(named: ReadonlyMap<string, unknown>): Verified {
  const scores = new Map<string, number>();
  for (const [name, value] of named) {
    if (typeof value !== 'number' || !(value >= 0 && value <= 1)) {
      return {
        failed: `${name === '' ? 'the score' : name} is ${JSON.stringify(value)?.slice(0, 60)}, not a number from 0 to 1`,
      };
    }
    scores.set(name, value);
  }
  return { scores };
}

function shown(text: string): string {
  const short = text.trim().slice(0, 60);
  return short === '' ? 'nothing' : JSON.stringify(short);
}
