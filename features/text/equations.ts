import type { Feature } from '../feature.js';
import { logCount, share } from '../stats.js';

const shared = { version: 2, needs: 'answer', towards: 'either' } as const;
const without = 'it has no equation of plain numbers about what is asked';

/** Equations of plain numbers in the answer that are about what is asked: ln(1 + n). Steps of a calculation. */
export const equations: Feature = {
  ...shared,
  name: 'text.equations',
  range: [0, 25],
  of: ({ equations }) => logCount(equations.n),
};

/**
 * Share of them that don't hold: "17 + 25 = 41" to "What is 17 + 25?". The cheapest check there is of a calculation. "1 + 1 = 2" to
 * a question for a capital, or to "What is 17 + 25?", is no equation that counts.
 */
export const falseEquations: Feature = {
  ...shared,
  name: 'text.falseEquations',
  towards: 'wrong',
  range: [0, 1],
  unless: without,
  of: ({ equations }) => share(equations.wrong, equations.n),
};

/** Equations of plain numbers in the reasoning that are about what is asked: ln(1 + n). */
export const reasoningEquations: Feature = {
  ...shared,
  name: 'reasoning.equations',
  needs: 'reasoning',
  range: [0, 25],
  of: ({ reasoningEquations }) => logCount(reasoningEquations.n),
};

/** Share of them that don't hold. */
export const falseReasoningEquations: Feature = {
  ...shared,
  name: 'reasoning.falseEquations',
  needs: 'reasoning',
  towards: 'wrong',
  range: [0, 1],
  unless: without,
  of: ({ reasoningEquations }) => share(reasoningEquations.wrong, reasoningEquations.n),
};
