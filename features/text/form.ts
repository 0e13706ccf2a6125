import type { Feature } from '../feature.js';
import { logCount } from '../stats.js';

const shared = { version: 1, needs: 'answer', towards: 'either', range: [0, 1] } as const;

/** Whether the answer says yes or true (1), or no or false (0). Models that say the one too easily are right less often there. */
export const saysYes: Feature = {
  ...shared,
  name: 'text.saysYes',
  unless: 'the answer is neither yes nor no',
  of: ({ gist }) => (gist.polarity < 0 ? NaN : gist.polarity),
};

/** The option's letter the answer names: A 0, B 1, … J 9. */
export const optionIndex: Feature = {
  ...shared,
  name: 'text.optionIndex',
  unless: 'the answer names no option',
  range: [0, 9],
  of: ({ gist }) => (gist.option < 0 ? NaN : gist.option),
};

/** Whether the answer has no word at all. */
export const isEmpty: Feature = { ...shared, name: 'text.isEmpty', of: ({ answer }) => (answer.n === 0 ? 1 : 0) };

/** Whether the answer is one to three words: a name or a value, not a sentence. */
export const isShort: Feature = {
  ...shared,
  name: 'text.isShort',
  of: ({ answer }) => (answer.n > 0 && answer.n <= 3 ? 1 : 0),
};

/** Whether every word with content in the answer is a number. */
export const isNumber: Feature = {
  ...shared,
  name: 'text.isNumber',
  of: ({ inPrompt }) => (inPrompt.content > 0 && inPrompt.numbers === inPrompt.content ? 1 : 0),
};

/** Whether the model was cut off: finish is `length` or `max_tokens`. */
export const isTruncated: Feature = {
  ...shared,
  name: 'text.isTruncated',
  towards: 'wrong',
  unless: 'no reason for the end was recorded',
  of: ({ record }) =>
    record.finish == null ? NaN : record.finish === 'length' || record.finish === 'max_tokens' ? 1 : 0,
};

/** Distinct numbers in the answer: ln(1 + n). */
export const numberCount: Feature = {
  ...shared,
  name: 'text.numbers',
  range: [0, 25],
  of: ({ inPrompt }) => logCount(inPrompt.numbers),
};

/** Distinct names in the answer (words with an upper-case letter that are no function words): ln(1 + n). */
export const nameCount: Feature = {
  ...shared,
  name: 'text.names',
  range: [0, 25],
  of: ({ inPrompt }) => logCount(inPrompt.names),
};
