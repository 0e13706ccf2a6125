import type { Sample } from '../../record.js';
import { bare } from '../requests/bare.js';

/** Most other answers, and most reasons, that a doubt names. More of them distract small models. */
const MOST = 3;

/**
 * What the model is told before it revises an answer: that the answer may be wrong, which other answers it gave, and
 * what lowers the probability. Source: the feedback step of Self-Refine (Madaan et al. 2023, sec. 2), with measured
 * reasons instead of the model's own.
 */
export function doubtText(answer: string, samples: readonly Sample[], doubts: readonly string[]): string {
  const others = new Map<string, string>();
  for (const { answer: other } of samples) {
    const key = bare(other);
    if (key !== '' && key !== bare(answer) && !others.has(key)) others.set(key, other.replace(/\s+/g, ' ').trim());
  }
  const named = [...others.values()].slice(0, MOST);
  return [
    'This answer may be wrong.',
    ...(named.length === 0 ? [] : [`Asked again, you answered: ${named.map((text) => `"${text}"`).join(', ')}.`]),
    ...(doubts.length === 0 ? [] : [`Reasons to doubt it: ${doubts.slice(0, MOST).join('; ')}.`]),
    'Read the question again and give your final answer, in the same form as before and without an explanation.',
  ].join('\n');
}
