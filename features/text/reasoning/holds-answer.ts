import type { Feature } from '../../feature.js';
import { share } from '../../stats.js';
import { Flag } from '../../words/flags.js';
import type { Words } from '../../words/words.js';
import { endFrom } from './end.js';

const shared = { version: 1, needs: 'reasoning', towards: 'wrong', range: [0, 25] } as const;

export const reasoningContainment: Feature = {
  ...shared,
  name: 'reasoning.containment',
  shown: 'share',
  says: "Share of the answer's content words that occur in the reasoning. It shows whether the answer follows from it.",
  towards: 'right',
  unless: 'the answer has no content word',
  range: [0, 1],
  of: ({ inReasoning }) => share(inReasoning.contentFound, inReasoning.content),
};

export const reasoningEnds: Feature = {
  ...shared,
  name: 'reasoning.ends',
  shown: 'share',
  says:
    "Share of the answer's content words that occur in the last 40 words of the reasoning. " +
    'It shows whether the reasoning ends with the answer.',
  towards: 'right',
  unless: 'the answer has no content word',
  range: [0, 1],
  of: ({ answer, reasoning }) => {
    const from = endFrom(reasoning);
    let content = 0;
    let found = 0;
    for (let w = 0; w < answer.n; w++) {
      if ((answer.flags[w] & Flag.STOP) !== 0) continue;
      content++;
      if (occursFrom(answer.ids[w], reasoning, from)) found++;
    }
    return share(found, content);
  },
};

export const reasoningFirst: Feature = {
  ...shared,
  name: 'reasoning.first',
  plain: 'Where the reasoning first mentions a new word of the answer, from 0% (beginning) to 100% (end)',
  shown: 'share',
  says:
    'Where the reasoning first mentions the first fresh word of the answer that it contains: 0 at its beginning, 1 at ' +
    'its end. ' +
    'An answer that was worked out appears late.',
  towards: 'either',
  unless: 'the reasoning contains no fresh word of the answer',
  range: [0, 1],
  of: ({ answer, reasoning, reasoningSet, promptSet }) => {
    for (let w = 0; w < answer.n; w++) {
      if ((answer.flags[w] & Flag.STOP) !== 0 || promptSet.has(answer.ids[w])) continue;
      const at = reasoningSet.get(answer.ids[w]);
      if (at >= 0) return at / reasoning.n;
    }
    return NaN;
  },
};

/** Whether a word occurs at or after position `from`. */
function occursFrom(id: number, { ids, n }: Words, from: number): boolean {
  for (let w = from; w < n; w++) if (ids[w] === id) return true;
  return false;
}
