import type { Feature } from '../../feature.js';
import { logCount } from '../../stats.js';
import { Flag } from '../../words/flags.js';
import { Phrase } from '../../words/phrase-kinds.js';
import type { Words } from '../../words/words.js';

const shared = { version: 1, needs: 'reasoning', towards: 'wrong', range: [0, 25] } as const;

/** Hedges a hundred words of reasoning. */
export const reasoningHedges: Feature = {
  ...shared,
  name: 'reasoning.hedges',
  of: ({ reasoning }) => rate(reasoning.phrases[Phrase.HEDGE], reasoning),
};

/** Refusals and gaps ("not mentioned", "cannot determine") a hundred words of reasoning. */
export const reasoningRefusals: Feature = {
  ...shared,
  name: 'reasoning.refusals',
  of: ({ reasoning }) => rate(reasoning.phrases[Phrase.REFUSAL], reasoning),
};

/** Self-corrections ("wait", "let me recheck") in the reasoning: ln(1 + n). */
export const reasoningCorrections: Feature = {
  ...shared,
  name: 'reasoning.corrections',
  of: ({ reasoning }) => logCount(reasoning.phrases[Phrase.CORRECTION]),
};

/** The same a hundred words of reasoning. */
export const correctionRate: Feature = {
  ...shared,
  name: 'reasoning.correctionRate',
  of: ({ reasoning }) => rate(reasoning.phrases[Phrase.CORRECTION], reasoning),
};

/** Negations a hundred words of reasoning. */
export const reasoningNegations: Feature = {
  ...shared,
  name: 'reasoning.negations',
  towards: 'either',
  of: ({ reasoning }) => {
    let count = 0;
    for (let w = 0; w < reasoning.n; w++) if ((reasoning.flags[w] & Flag.NEGATION) !== 0) count++;
    return rate(count, reasoning);
  },
};

/** Occurrences a hundred words: ln(1 + 100 n / words). */
function rate(count: number, words: Words): number {
  return Math.log1p((100 * count) / Math.max(1, words.n));
}
