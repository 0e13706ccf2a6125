import type { Feature } from '../feature.js';
import { logCount } from '../stats.js';

const shared = { version: 1, needs: 'answer', towards: 'either', range: [0, 25] } as const;

export const answerWords: Feature = {
  ...shared,
  name: 'text.words',
  shown: 'count',
  says: 'Number of words in the answer: ln(1 + n).',
  of: ({ answer }) => logCount(answer.n),
};

export const answerChars: Feature = {
  ...shared,
  name: 'text.chars',
  plain: 'Number of characters in the answer',
  shown: 'count',
  says: 'Number of characters in the answer, in UTF-16 units: ln(1 + n).',
  of: ({ answer }) => logCount(answer.chars),
};

export const answerSentences: Feature = {
  ...shared,
  name: 'text.sentences',
  shown: 'count',
  says:
    'Number of sentences in the answer that end with a punctuation mark: ln(1 + n). A semicolon and the dot of an ' +
    'abbreviation also end one.',
  of: ({ answer }) => logCount(answer.sentences),
};

export const answerLines: Feature = {
  ...shared,
  name: 'text.lines',
  shown: 'count',
  says: 'Number of line breaks in the answer: ln(1 + n). Lists and code have many.',
  of: ({ answer }) => logCount(answer.lines),
};

export const contentWords: Feature = {
  ...shared,
  name: 'text.contentWords',
  shown: 'count',
  says: 'Number of distinct content words in the answer: ln(1 + n).',
  of: ({ inPrompt }) => logCount(inPrompt.content),
};

export const wordLength: Feature = {
  ...shared,
  name: 'text.wordLength',
  shown: 'number',
  says: 'Mean number of letters and digits per word of the answer; 0 for an answer without words.',
  range: [0, 1e7],
  of: ({ answer }) => (answer.n === 0 ? 0 : (answer.letters + answer.digits) / answer.n),
};

export const promptWords: Feature = {
  ...shared,
  name: 'text.promptWords',
  shown: 'count',
  says: 'Number of words in the prompt: ln(1 + n).',
  needs: 'prompt',
  of: ({ prompt }) => logCount(prompt.n),
};

export const lengthRatio: Feature = {
  ...shared,
  name: 'text.lengthRatio',
  plain: 'Length of the answer compared with the prompt',
  shown: 'times',
  says: 'Length of the answer relative to the prompt: ln((1 + answer words) / (1 + prompt words)).',
  needs: 'prompt',
  range: [-25, 25],
  of: ({ answer, prompt }) => Math.log((1 + answer.n) / (1 + prompt.n)),
};

export const longestWord: Feature = {
  ...shared,
  name: 'text.longestWord',
  plain: 'Length of the longest word of the answer, in characters',
  shown: 'number',
  says: 'Length of the longest word of the answer, in UTF-16 units.',
  range: [0, 1e7],
  of: ({ answer }) => answer.longest,
};

export const promptLongestWord: Feature = {
  ...shared,
  name: 'text.promptLongestWord',
  plain: 'Length of the longest word of the prompt, in characters',
  shown: 'number',
  says: 'Length of the longest word of the prompt, in UTF-16 units. Rare words are long.',
  needs: 'prompt',
  range: [0, 1e7],
  of: ({ prompt }) => prompt.longest,
};

export const promptWordLength: Feature = {
  ...shared,
  name: 'text.promptWordLength',
  shown: 'number',
  says: 'Mean number of letters and digits per word of the prompt; 0 for a prompt without words.',
  needs: 'prompt',
  range: [0, 1e7],
  of: ({ prompt }) => (prompt.n === 0 ? 0 : (prompt.letters + prompt.digits) / prompt.n),
};

export const promptDigits: Feature = {
  ...shared,
  name: 'text.promptDigits',
  shown: 'count',
  says: 'Number of digits in the prompt: ln(1 + n). Calculations with long numbers are hard.',
  needs: 'prompt',
  of: ({ prompt }) => logCount(prompt.digits),
};

export const answerDigits: Feature = {
  ...shared,
  name: 'text.digits',
  shown: 'count',
  says: 'Number of digits in the answer: ln(1 + n).',
  of: ({ answer }) => logCount(answer.digits),
};
