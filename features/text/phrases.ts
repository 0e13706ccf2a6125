import type { Feature } from '../feature.js';
import { logCount } from '../stats.js';
import { Flag } from '../words/flags.js';
import { Phrase } from '../words/phrase-kinds.js';

const shared = { version: 1, needs: 'answer', towards: 'wrong', range: [0, 25] } as const;

/** Hedges: ln(1 + phrases such as "I think", "possibly", "it depends"). English. */
export const hedges: Feature = {
  ...shared,
  name: 'text.hedges',
  of: ({ answer }) => logCount(answer.phrases[Phrase.HEDGE]),
};

/** Refusals: ln(1 + phrases such as "I'm sorry", "could not find", "not mentioned"). English. */
export const refusals: Feature = {
  ...shared,
  name: 'text.refusals',
  of: ({ answer }) => logCount(answer.phrases[Phrase.REFUSAL]),
};

/** Self-corrections and turns: ln(1 + phrases such as "wait", "actually", "however"). English. */
export const corrections: Feature = {
  ...shared,
  name: 'text.corrections',
  of: ({ answer }) => logCount(answer.phrases[Phrase.CORRECTION]),
};

/** Negations in the answer: ln(1 + words such as "not", "never", "doesn't"). English. */
export const negations: Feature = {
  ...shared,
  name: 'text.negations',
  towards: 'either',
  of: ({ answer }) => {
    let count = 0;
    for (let w = 0; w < answer.n; w++) if ((answer.flags[w] & Flag.NEGATION) !== 0) count++;
    return logCount(count);
  },
};
