import type { Feature } from '../feature.js';
import { logCount, share } from '../stats.js';

const shared = { version: 2, needs: 'answer', towards: 'either' } as const;
const without = 'it has no equation of plain numbers about the question';

export const equations: Feature = {
  ...shared,
  name: 'text.equations',
  shown: 'count',
  says:
    'Number of equations of plain numbers in the answer that are about the question: ln(1 + n). ' +
    'They are steps of a calculation.',
  range: [0, 25],
  of: ({ equations }) => logCount(equations.n),
};

/**
 * The cheapest possible check of a calculation. "1 + 1 = 2" does not count where the question asks for a capital or for
 * 17 + 25.
 */
export const falseEquations: Feature = {
  ...shared,
  name: 'text.falseEquations',
  plain: "Share of the answer's equations that are false",
  shown: 'share',
  says:
    'Share of the answer\'s equations about the question that are false, such as "17 + 25 = 41" for the question ' +
    '"What is 17 + 25?".',
  towards: 'wrong',
  range: [0, 1],
  unless: without,
  of: ({ equations }) => share(equations.wrong, equations.n),
};

export const reasoningEquations: Feature = {
  ...shared,
  name: 'reasoning.equations',
  shown: 'count',
  says: 'Number of equations of plain numbers in the reasoning that are about the question: ln(1 + n).',
  needs: 'reasoning',
  range: [0, 25],
  of: ({ reasoningEquations }) => logCount(reasoningEquations.n),
};

export const falseReasoningEquations: Feature = {
  ...shared,
  name: 'reasoning.falseEquations',
  shown: 'share',
  says: "Share of the reasoning's equations about the question that are false.",
  needs: 'reasoning',
  towards: 'wrong',
  range: [0, 1],
  unless: without,
  of: ({ reasoningEquations }) => share(reasoningEquations.wrong, reasoningEquations.n),
};
