import type { Feature } from '../feature.js';
import { logCount } from '../stats.js';

const shared = { version: 1, needs: 'answer', towards: 'either', range: [0, 25] } as const;

/** Words of the answer: ln(1 + n). */
export const answerWords: Feature = { ...shared, name: 'text.words', of: ({ answer }) => logCount(answer.n) };

/** Characters of the answer (UTF-16 units): ln(1 + n). */
export const answerChars: Feature = { ...shared, name: 'text.chars', of: ({ answer }) => logCount(answer.chars) };

/** Sentences the answer ends with a sign: ln(1 + n). */
export const answerSentences: Feature = {
  ...shared,
  name: 'text.sentences',
  of: ({ answer }) => logCount(answer.sentences),
};

/** Lines of the answer: ln(1 + line breaks). Lists and code have many. */
export const answerLines: Feature = { ...shared, name: 'text.lines', of: ({ answer }) => logCount(answer.lines) };

/** Words with content in the answer: ln(1 + distinct names, numbers and content words). */
export const contentWords: Feature = {
  ...shared,
  name: 'text.contentWords',
  of: ({ inPrompt }) => logCount(inPrompt.content),
};

/** Letters a word: letters / words; 0 for an answer without words. */
export const wordLength: Feature = {
  ...shared,
  name: 'text.wordLength',
  range: [0, 1e7],
  of: ({ answer }) => (answer.n === 0 ? 0 : (answer.letters + answer.digits) / answer.n),
};

/** Words of the prompt: ln(1 + n). */
export const promptWords: Feature = {
  ...shared,
  name: 'text.promptWords',
  needs: 'prompt',
  of: ({ prompt }) => logCount(prompt.n),
};

/** Length of the answer against the prompt's: ln((1 + answer words) / (1 + prompt words)). */
export const lengthRatio: Feature = {
  ...shared,
  name: 'text.lengthRatio',
  needs: 'prompt',
  range: [-25, 25],
  of: ({ answer, prompt }) => Math.log((1 + answer.n) / (1 + prompt.n)),
};

/** The longest word of the answer, in characters. */
export const longestWord: Feature = {
  ...shared,
  name: 'text.longestWord',
  range: [0, 1e7],
  of: ({ answer }) => answer.longest,
};

/** The longest word of the prompt, in characters: rare words are long. */
export const promptLongestWord: Feature = {
  ...shared,
  name: 'text.promptLongestWord',
  needs: 'prompt',
  range: [0, 1e7],
  of: ({ prompt }) => prompt.longest,
};

/** Letters and digits a word of the prompt; 0 for a prompt without words. */
export const promptWordLength: Feature = {
  ...shared,
  name: 'text.promptWordLength',
  needs: 'prompt',
  range: [0, 1e7],
  of: ({ prompt }) => (prompt.n === 0 ? 0 : (prompt.letters + prompt.digits) / prompt.n),
};

/** Digits in the prompt: ln(1 + n). Sums of long numbers are hard. */
export const promptDigits: Feature = {
  ...shared,
  name: 'text.promptDigits',
  needs: 'prompt',
  of: ({ prompt }) => logCount(prompt.digits),
};

/** Digits in the answer: ln(1 + n). */
export const answerDigits: Feature = { ...shared, name: 'text.digits', of: ({ answer }) => logCount(answer.digits) };
