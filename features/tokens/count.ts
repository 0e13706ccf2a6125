import type { Feature } from '../feature.js';
import { logCount } from '../stats.js';

/** Tokens: ln(1 + T), T the tokens with a recorded log-probability. Long answers have more chances to go wrong. */
export const tokenCount: Feature = {
  name: 'tokens.count',
  version: 2,
  needs: 'tokens',
  towards: 'wrong',
  range: [0, 20],
  of: ({ tokens }) => logCount(tokens.n),
};
