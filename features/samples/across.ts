import type { Feature } from '../feature.js';

export const agreeAcross: Feature = {
  name: 'others.agreeSamples',
  plain: 'Agreement of the samples with the answers of other models about the final answer',
  shown: 'share',
  says:
    'Share of the pairs of a sample and an answer of another model that have the same final answer: the same option, ' +
    'yes or no, or last number, else the same words.',
  unless: 'there are no samples of its own model',
  version: 1,
  needs: 'otherModels',
  towards: 'right',
  range: [0, 1],
  of: ({ own, others }) => {
    let same = 0;
    for (let i = 1; i <= own.n; i++) {
      for (let j = 1; j <= others.n; j++) if (own.finals[i] === others.finals[j]) same++;
    }
    return same / (own.n * others.n);
  },
};
