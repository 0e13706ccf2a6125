import type { Feature } from '../../feature.js';
import { logCount } from '../../stats.js';
import { Flag } from '../../words/flags.js';
import { Phrase } from '../../words/phrase-kinds.js';
import type { Words } from '../../words/words.js';

const shared = { version: 1, needs: 'reasoning', towards: 'wrong', range: [0, 25] } as const;

export const reasoningHedges: Feature = {
  ...shared,
  name: 'reasoning.hedges',
  shown: 'rate',
  says: 'Hedging phrases per hundred words of reasoning: ln(1 + rate). English only.',
  of: ({ reasoning }) => rate(reasoning.phrases[Phrase.HEDGE], reasoning),
};

export const reasoningRefusals: Feature = {
  ...shared,
  name: 'reasoning.refusals',
  shown: 'rate',
  says:
    'Phrases that refuse or report a gap ("not mentioned", "cannot determine") per hundred words of reasoning: ' +
    'ln(1 + rate). English only.',
  of: ({ reasoning }) => rate(reasoning.phrases[Phrase.REFUSAL], reasoning),
};

export const reasoningCorrections: Feature = {
  ...shared,
  name: 'reasoning.corrections',
  shown: 'count',
  says: 'Number of self-corrections ("wait", "let me recheck") in the reasoning: ln(1 + n). English only.',
  of: ({ reasoning }) => logCount(reasoning.phrases[Phrase.CORRECTION]),
};

export const correctionRate: Feature = {
  ...shared,
  name: 'reasoning.correctionRate',
  shown: 'rate',
  says: 'Self-corrections per hundred words of reasoning: ln(1 + rate). English only.',
  of: ({ reasoning }) => rate(reasoning.phrases[Phrase.CORRECTION], reasoning),
};

export const reasoningNegations: Feature = {
  ...shared,
  name: 'reasoning.negations',
  shown: 'rate',
  says: 'Negations per hundred words of reasoning: ln(1 + rate). English only.',
  towards: 'either',
  of: ({ reasoning }) => {
    let count = 0;
    for (let w = 0; w < reasoning.n; w++) if ((reasoning.flags[w] & Flag.NEGATION) !== 0) count++;
    return rate(count, reasoning);
  },
};

/** Occurrences per hundred words: ln(1 + 100 n / words). */
function rate(count: number, words: Words): number {
  return Math.log1p((100 * count) / Math.max(1, words.n));
}
