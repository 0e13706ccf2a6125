import type { Feature } from '../feature.js';

const shared = {
  version: 1,
  needs: 'prompt',
  towards: 'either',
  unless: 'the prompt lists no options, or the answer names none of them',
} as const;

export const optionsListed: Feature = {
  ...shared,
  name: 'text.optionsListed',
  shown: 'number',
  says: 'Number of options that the prompt lists.',
  unless: undefined,
  range: [0, 10],
  of: ({ options }) => options.n,
};

export const optionPlace: Feature = {
  ...shared,
  name: 'text.optionPlace',
  plain: 'Position of the chosen option among those listed, from 0% (first) to 100% (last)',
  shown: 'share',
  says: 'Position of the chosen option among those listed: 0 is the first, 1 the last. Models prefer some positions.',
  range: [0, 1],
  of: ({ options: { n, chosen } }) => (chosen < 0 ? NaN : chosen / (n - 1)),
};

export const optionLength: Feature = {
  ...shared,
  name: 'text.optionLength',
  plain: 'Length of the chosen option compared with the others',
  shown: 'times',
  says:
    'Length of the chosen option relative to the others: ln((1 + words) / (1 + mean words of the others)). ' +
    'Models choose long options too easily.',
  range: [-25, 25],
  of: ({ options }) => {
    const { n, chosen } = options;
    if (chosen < 0) return NaN;
    let others = 0;
    for (let o = 0; o < n; o++) if (o !== chosen) others += options.size(o);
    return Math.log((1 + options.size(chosen)) / (1 + others / (n - 1)));
  },
};

export const optionEcho: Feature = {
  ...shared,
  name: 'text.optionEcho',
  plain: 'How much more of its content the chosen option takes from the question than the others do',
  shown: 'share',
  says:
    "How much of the chosen option's content occurs in the question, minus the mean of the other options. " +
    "Options that repeat the question's words are tempting.",
  range: [-1, 1],
  of: (view) => {
    const { options, prompt, promptSet } = view;
    const { n, chosen } = options;
    if (chosen < 0) return NaN;
    const least = options.begin[0] - 1;
    const echo = (o: number) => {
      const stem = options.shareIn(o, prompt, promptSet, least);
      return Number.isNaN(stem) ? 0 : stem;
    };
    let others = 0;
    for (let o = 0; o < n; o++) if (o !== chosen) others += echo(o);
    return echo(chosen) - others / (n - 1);
  },
};
