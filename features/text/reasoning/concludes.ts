import type { Feature } from '../../feature.js';
import { Flag } from '../../words/flags.js';
import { endFrom } from './end.js';

const shared = { version: 1, needs: 'reasoning', towards: 'wrong', range: [0, 25] } as const;

export const reasoningConcludes: Feature = {
  ...shared,
  name: 'reasoning.concludes',
  shown: 'whether',
  says: "Whether the last option in the reasoning, or else the last number, is also the answer's.",
  towards: 'right',
  unless: 'answer and reasoning do not both have an option, nor both a number',
  range: [0, 1],
  of: ({ gist, reasoningGist }) => {
    if (gist.option >= 0 && reasoningGist.option >= 0) return gist.option === reasoningGist.option ? 1 : 0;
    if (gist.number !== 0 && reasoningGist.number !== 0) return gist.number === reasoningGist.number ? 1 : 0;
    return NaN;
  },
};

export const reasoningSides: Feature = {
  ...shared,
  name: 'reasoning.sides',
  shown: 'whether',
  says: 'Whether the last yes or no within the last 40 words of the reasoning agrees with the answer.',
  towards: 'right',
  unless: 'the answer or the end of the reasoning says neither yes nor no',
  range: [0, 1],
  of: ({ gist, reasoning }) => {
    if (gist.polarity < 0) return NaN;
    for (let w = reasoning.n - 1; w >= endFrom(reasoning); w--) {
      const yesNo = reasoning.flags[w] & (Flag.YES | Flag.NO);
      if (yesNo === 0) continue;
      const negated = w > 0 && (reasoning.flags[w - 1] & Flag.NEGATION) !== 0 ? 1 : 0;
      return ((yesNo === Flag.YES ? 1 : 0) ^ negated) === gist.polarity ? 1 : 0;
    }
    return NaN;
  },
};
