import type { Feature } from '../../feature.js';
import { logCount } from '../../stats.js';

const shared = { version: 1, needs: 'reasoning', towards: 'wrong', range: [0, 25] } as const;

export const reasoningUnseenNumbers: Feature = {
  ...shared,
  name: 'reasoning.unseenNumbers',
  shown: 'count',
  says: 'Number of numbers in the reasoning that occur in neither prompt, context nor facts: ln(1 + n).',
  towards: 'either',
  of: ({ reasoningInSources: found }) => logCount(found.numbers - found.numbersFound),
};

export const reasoningUnseenNames: Feature = {
  ...shared,
  name: 'reasoning.unseenNames',
  shown: 'count',
  says: 'Number of names in the reasoning that occur in neither prompt, context nor facts: ln(1 + n).',
  towards: 'either',
  of: ({ reasoningInSources: found }) => logCount(found.names - found.namesFound),
};
