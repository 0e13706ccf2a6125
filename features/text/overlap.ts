import type { Feature } from '../feature.js';
import { logCount, share } from '../stats.js';

const shared = { version: 1, needs: 'prompt', towards: 'either', range: [0, 1] } as const;

/** Share of the answer's content words that the prompt holds: |A ∩ P| / |A|, distinct words. */
export const promptContainment: Feature = {
  ...shared,
  name: 'text.promptContainment',
  unless: 'the answer has no content word',
  of: ({ inPrompt }) => share(inPrompt.contentFound, inPrompt.content),
};

/** Jaccard similarity of answer and prompt: |A ∩ P| / |A ∪ P| over all distinct words; 0 where both have none. */
export const promptJaccard: Feature = {
  ...shared,
  name: 'text.promptJaccard',
  of: ({ inPrompt, promptSet }) => {
    const union = inPrompt.words + promptSet.size - inPrompt.wordsFound;
    return union === 0 ? 0 : inPrompt.wordsFound / union;
  },
};

/** Longest run of words the answer shares with the prompt: ln(1 + words). */
export const promptRun: Feature = {
  ...shared,
  name: 'text.promptRun',
  range: [0, 25],
  of: ({ promptRun }) => logCount(promptRun.length),
};

/** The same as a share of the answer; 0 for an answer without words. */
export const promptRunShare: Feature = {
  ...shared,
  name: 'text.promptRunShare',
  of: ({ promptRun, answer }) => (answer.n === 0 ? 0 : promptRun.length / answer.n),
};

/** Content words the prompt doesn't hold: ln(1 + n). What the answer adds; none where it only repeats the question. */
export const freshWords: Feature = {
  ...shared,
  name: 'text.freshWords',
  range: [0, 25],
  of: ({ inPrompt }) => logCount(inPrompt.content - inPrompt.contentFound),
};

/** Numbers in the answer that neither prompt nor context nor facts hold: ln(1 + n). */
export const unseenNumbers: Feature = {
  ...shared,
  name: 'text.unseenNumbers',
  range: [0, 25],
  of: ({ inSources }) => logCount(inSources.numbers - inSources.numbersFound),
};

/** Names in the answer that neither prompt nor context nor facts hold: ln(1 + n). */
export const unseenNames: Feature = {
  ...shared,
  name: 'text.unseenNames',
  range: [0, 25],
  of: ({ inSources }) => logCount(inSources.names - inSources.namesFound),
};
