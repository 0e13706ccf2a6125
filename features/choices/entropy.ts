import type { Feature } from '../feature.js';

/** Entropy over the options and one bucket for the mass none holds: −Σ p ln p, nats. */
export const choiceEntropy: Feature = {
  name: 'choices.entropy',
  version: 1,
  needs: 'choices',
  towards: 'wrong',
  range: [0, 12],
  of: ({ choices }) => choices.entropy,
};
