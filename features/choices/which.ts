import type { Feature } from '../feature.js';

const shared = { version: 1, needs: 'choices', towards: 'either' } as const;

/** Options recorded. */
export const choiceCount: Feature = {
  ...shared,
  name: 'choices.count',
  range: [1, 1e5],
  of: ({ choices }) => choices.n,
};

/** Place of the chosen option in alphabetical order, from 0: models lean to some letters, and are right less often there. */
export const choiceIndex: Feature = {
  ...shared,
  name: 'choices.index',
  range: [0, 1e5],
  of: ({ choices }) => choices.chosen,
};

/** Whether the chosen option is the likeliest one. */
export const choseTop: Feature = {
  ...shared,
  name: 'choices.choseTop',
  towards: 'right',
  range: [0, 1],
  of: ({ choices }) => (choices.chosenP >= choices.top ? 1 : 0),
};
