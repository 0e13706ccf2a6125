import type { Words } from '../../words/words.js';

const END = 40;

/** Where the last 40 words of the reasoning begin. */
export function endFrom(reasoning: Words): number {
  return Math.max(0, reasoning.n - END);
}
