import type { Feature } from '../feature.js';

const shared = {
  version: 1,
  needs: 'prompt',
  towards: 'either',
  unless: 'the prompt lists no options, or the answer names none of them',
} as const;

/** Options the prompt lists. */
export const optionsListed: Feature = {
  ...shared,
  name: 'text.optionsListed',
  unless: undefined,
  range: [0, 10],
  of: ({ options }) => options.n,
};

/** Place of the chosen option among those listed: 0 first, 1 last. Models lean to some places. */
export const optionPlace: Feature = {
  ...shared,
  name: 'text.optionPlace',
  range: [0, 1],
  of: ({ options: { n, chosen } }) => (chosen < 0 ? NaN : chosen / (n - 1)),
};

/** Length of the chosen option against the others': ln((1 + words) / (1 + mean words of the others)). Long options are chosen too easily. */
export const optionLength: Feature = {
  ...shared,
  name: 'text.optionLength',
  range: [-25, 25],
  of: ({ options }) => {
    const { n, chosen } = options;
    if (chosen < 0) return NaN;
    let others = 0;
    for (let o = 0; o < n; o++) if (o !== chosen) others += options.size(o);
    return Math.log((1 + options.size(chosen)) / (1 + others / (n - 1)));
  },
};

/** How much more of the chosen option's content the question holds than of the other options': the lure of the same words. */
export const optionEcho: Feature = {
  ...shared,
  name: 'text.optionEcho',
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
