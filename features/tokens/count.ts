import type { Feature } from '../feature.js';
import { logCount } from '../stats.js';

export const tokenCount: Feature = {
  name: 'tokens.count',
  plain: 'Number of tokens',
  shown: 'count',
  says: 'Number of tokens with a recorded log-probability, T: ln(1 + T). Long answers have more places to go wrong.',
  version: 2,
  needs: 'tokens',
  towards: 'wrong',
  range: [0, 20],
  of: ({ tokens }) => logCount(tokens.n),
};
