import type { Feature } from '../../feature.js';
import { logCount } from '../../stats.js';

const shared = { version: 1, needs: 'reasoning', towards: 'wrong', range: [0, 25] } as const;

export const reasoningWords: Feature = {
  ...shared,
  name: 'reasoning.words',
  shown: 'count',
  says: 'Number of words in the reasoning: ln(1 + n). Hard questions and aimless reasoning make it long.',
  towards: 'either',
  of: ({ reasoning }) => logCount(reasoning.n),
};

export const reasoningLines: Feature = {
  ...shared,
  name: 'reasoning.lines',
  shown: 'count',
  says: 'Number of line breaks in the reasoning: ln(1 + n). They separate steps.',
  towards: 'either',
  of: ({ reasoning }) => logCount(reasoning.lines),
};

export const reasoningQuestions: Feature = {
  ...shared,
  name: 'reasoning.questions',
  shown: 'count',
  says: 'Number of question marks in the reasoning: ln(1 + n). The model questions itself.',
  of: ({ reasoning }) => logCount(reasoning.questions),
};
