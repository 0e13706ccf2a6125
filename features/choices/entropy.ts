import type { Feature } from '../feature.js';

export const choiceEntropy: Feature = {
  name: 'choices.entropy',
  plain: 'Uncertainty about the options',
  shown: 'entropy',
  says:
    'Entropy of the recorded distribution over the options, with one bucket for the remaining mass: ' +
    '−Σ p ln p, in nats.',
  version: 1,
  needs: 'choices',
  towards: 'wrong',
  range: [0, 12],
  of: ({ choices }) => choices.entropy,
};
