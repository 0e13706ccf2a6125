import type { Feature } from '../../feature.js';
import { share } from '../../stats.js';
import { Flag } from '../../words/flags.js';
import type { Words } from '../../words/words.js';
import { endFrom } from './end.js';

const shared = { version: 1, needs: 'reasoning', towards: 'wrong', range: [0, 25] } as const;

/** Share of the answer's content words that the reasoning holds: whether the answer follows from it. */
export const reasoningContainment: Feature = {
  ...shared,
  name: 'reasoning.containment',
  towards: 'right',
  unless: 'the answer has no content word',
  range: [0, 1],
  of: ({ inReasoning }) => share(inReasoning.contentFound, inReasoning.content),
};

/** Share of the answer's content words that the last 40 words of the reasoning hold: whether it ends on the answer. */
export const reasoningEnds: Feature = {
  ...shared,
  name: 'reasoning.ends',
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
      if (isBehind(answer.ids[w], reasoning, from)) found++;
    }
    return share(found, content);
  },
};

/** Where in the reasoning the first of the answer's fresh words is first named: 0 at the beginning, 1 at the end. Late where it was worked out. */
export const reasoningFirst: Feature = {
  ...shared,
  name: 'reasoning.first',
  towards: 'either',
  unless: 'the reasoning names no word of the answer that the prompt does not hold',
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

/** Whether a word stands at or behind a place. */
function isBehind(id: number, { ids, n }: Words, from: number): boolean {
  for (let w = from; w < n; w++) if (ids[w] === id) return true;
  return false;
}
