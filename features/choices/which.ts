import type { Feature } from '../feature.js';

const shared = { version: 1, needs: 'choices', towards: 'either' } as const;

export const choiceCount: Feature = {
  ...shared,
  name: 'choices.count',
  shown: 'number',
  says: 'Number of recorded options.',
  range: [1, 1e5],
  of: ({ choices }) => choices.n,
};

export const choiceIndex: Feature = {
  ...shared,
  name: 'choices.index',
  shown: 'number',
  says:
    'Position of the chosen option in alphabetical order, from 0. ' +
    'Models prefer some letters, and are right less often there.',
  range: [0, 1e5],
  of: ({ choices }) => choices.chosen,
};

export const choseTop: Feature = {
  ...shared,
  name: 'choices.choseTop',
  shown: 'whether',
  says: 'Whether the chosen option is the likeliest one.',
  towards: 'right',
  range: [0, 1],
  of: ({ choices }) => (choices.chosenP >= choices.top ? 1 : 0),
};
