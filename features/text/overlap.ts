import type { Feature } from '../feature.js';
import { logCount, share } from '../stats.js';

const shared = { version: 1, needs: 'prompt', towards: 'either', range: [0, 1] } as const;

export const promptContainment: Feature = {
  ...shared,
  name: 'text.promptContainment',
  shown: 'share',
  says: "Share of the answer's content words that occur in the prompt: |A ∩ P| / |A|, over distinct words.",
  unless: 'the answer has no content word',
  of: ({ inPrompt }) => share(inPrompt.contentFound, inPrompt.content),
};

export const promptJaccard: Feature = {
  ...shared,
  name: 'text.promptJaccard',
  plain: 'Share of all words of answer and prompt that occur in both',
  shown: 'share',
  says: 'Jaccard similarity of answer and prompt: |A ∩ P| / |A ∪ P| over all distinct words; 0 where neither has any.',
  of: ({ inPrompt, promptSet }) => {
    const union = inPrompt.words + promptSet.size - inPrompt.wordsFound;
    return union === 0 ? 0 : inPrompt.wordsFound / union;
  },
};

export const promptRun: Feature = {
  ...shared,
  name: 'text.promptRun',
  shown: 'count',
  says: 'Length in words of the longest sequence that occurs in both the answer and the prompt: ln(1 + n).',
  range: [0, 25],
  of: ({ promptRun }) => logCount(promptRun.length),
};

export const promptRunShare: Feature = {
  ...shared,
  name: 'text.promptRunShare',
  shown: 'share',
  says:
    'Share of the answer that is the longest sequence of words it shares with the prompt; ' +
    '0 for an answer without words.',
  of: ({ promptRun, answer }) => (answer.n === 0 ? 0 : promptRun.length / answer.n),
};

export const freshWords: Feature = {
  ...shared,
  name: 'text.freshWords',
  plain: 'Number of content words in the answer that the prompt does not contain',
  shown: 'count',
  says:
    'Number of fresh words in the answer: ln(1 + n). It is what the answer adds; ' +
    '0 where it only repeats the question.',
  range: [0, 25],
  of: ({ inPrompt }) => logCount(inPrompt.content - inPrompt.contentFound),
};

export const unseenNumbers: Feature = {
  ...shared,
  name: 'text.unseenNumbers',
  shown: 'count',
  says: 'Number of numbers in the answer that occur in neither prompt, context nor facts: ln(1 + n).',
  range: [0, 25],
  of: ({ inSources }) => logCount(inSources.numbers - inSources.numbersFound),
};

export const unseenNames: Feature = {
  ...shared,
  name: 'text.unseenNames',
  shown: 'count',
  says: 'Number of names in the answer that occur in neither prompt, context nor facts: ln(1 + n).',
  range: [0, 25],
  of: ({ inSources }) => logCount(inSources.names - inSources.namesFound),
};
