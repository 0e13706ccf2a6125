import type { Feature } from '../../feature.js';
import { logCount } from '../../stats.js';

const shared = { version: 1, needs: 'reasoning', towards: 'wrong', range: [0, 25] } as const;

/** Words of the reasoning: ln(1 + n). Long reasoning is hard questions, and wandering. */
export const reasoningWords: Feature = {
  ...shared,
  name: 'reasoning.words',
  towards: 'either',
  of: ({ reasoning }) => logCount(reasoning.n),
};

/** Lines of the reasoning: ln(1 + line breaks). Steps. */
export const reasoningLines: Feature = {
  ...shared,
  name: 'reasoning.lines',
  towards: 'either',
  of: ({ reasoning }) => logCount(reasoning.lines),
};

/** Questions the reasoning asks itself: ln(1 + n). */
export const reasoningQuestions: Feature = {
  ...shared,
  name: 'reasoning.questions',
  of: ({ reasoning }) => logCount(reasoning.questions),
};
