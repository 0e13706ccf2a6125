import type { Feature } from '../../feature.js';
import { logCount } from '../../stats.js';

const shared = { version: 1, needs: 'reasoning', towards: 'wrong', range: [0, 25] } as const;

/** Numbers in the reasoning that neither prompt nor context nor facts hold: ln(1 + n). */
export const reasoningUnseenNumbers: Feature = {
  ...shared,
  name: 'reasoning.unseenNumbers',
  towards: 'either',
  of: ({ reasoningInSources: found }) => logCount(found.numbers - found.numbersFound),
};

/** Names in the reasoning that neither prompt nor context nor facts hold: ln(1 + n). */
export const reasoningUnseenNames: Feature = {
  ...shared,
  name: 'reasoning.unseenNames',
  towards: 'either',
  of: ({ reasoningInSources: found }) => logCount(found.names - found.namesFound),
};
