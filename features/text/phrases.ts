import type { Feature } from '../feature.js';
import { logCount } from '../stats.js';
import { Flag } from '../words/flags.js';
import { Phrase } from '../words/phrase-kinds.js';

const shared = { version: 1, needs: 'answer', towards: 'wrong', range: [0, 25] } as const;

export const hedges: Feature = {
  ...shared,
  name: 'text.hedges',
  plain: 'Number of hedging phrases in the answer',
  shown: 'count',
  says: 'Number of hedging phrases such as "I think", "possibly" or "it depends": ln(1 + n). English only.',
  of: ({ answer }) => logCount(answer.phrases[Phrase.HEDGE]),
};

export const refusals: Feature = {
  ...shared,
  name: 'text.refusals',
  plain: 'Number of refusing phrases in the answer',
  shown: 'count',
  says: 'Number of refusing phrases such as "could not find" or "not mentioned": ln(1 + n). English only.',
  of: ({ answer }) => logCount(answer.phrases[Phrase.REFUSAL]),
};

export const corrections: Feature = {
  ...shared,
  name: 'text.corrections',
  plain: 'Number of self-corrections in the answer',
  shown: 'count',
  says:
    'Number of self-corrections and changes of direction such as "wait", "actually" or "however": ln(1 + n). ' +
    'English only.',
  of: ({ answer }) => logCount(answer.phrases[Phrase.CORRECTION]),
};

export const negations: Feature = {
  ...shared,
  name: 'text.negations',
  plain: 'Number of negations in the answer',
  shown: 'count',
  says: 'Number of negations in the answer such as "not", "never" or "doesn\'t": ln(1 + n). English only.',
  towards: 'either',
  of: ({ answer }) => {
    let count = 0;
    for (let w = 0; w < answer.n; w++) if ((answer.flags[w] & Flag.NEGATION) !== 0) count++;
    return logCount(count);
  },
};
