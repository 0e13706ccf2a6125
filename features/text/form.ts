import type { Feature } from '../feature.js';
import { logCount } from '../stats.js';

const shared = { version: 1, needs: 'answer', towards: 'either', range: [0, 1] } as const;

export const saysYes: Feature = {
  ...shared,
  name: 'text.saysYes',
  plain: 'Whether the answer says yes or true',
  shown: 'whether',
  says: 'Whether the answer says yes or true (1), or no or false (0). Some models say one of them too often.',
  unless: 'the answer is neither yes nor no',
  of: ({ gist }) => (gist.polarity < 0 ? NaN : gist.polarity),
};

export const optionIndex: Feature = {
  ...shared,
  name: 'text.optionIndex',
  plain: 'Option that the answer names',
  shown: 'letter',
  says: 'The letter of the option that the answer names: A is 0, B is 1, … J is 9.',
  unless: 'the answer names no option',
  range: [0, 9],
  of: ({ gist }) => (gist.option < 0 ? NaN : gist.option),
};

export const isEmpty: Feature = {
  ...shared,
  name: 'text.isEmpty',
  shown: 'whether',
  says: 'Whether the answer has no word at all.',
  of: ({ answer }) => (answer.n === 0 ? 1 : 0),
};

export const isShort: Feature = {
  ...shared,
  name: 'text.isShort',
  shown: 'whether',
  says: 'Whether the answer has one to three words: a name or a value, not a sentence.',
  of: ({ answer }) => (answer.n > 0 && answer.n <= 3 ? 1 : 0),
};

export const isNumber: Feature = {
  ...shared,
  name: 'text.isNumber',
  shown: 'whether',
  says: 'Whether every content word of the answer is a number.',
  of: ({ inPrompt }) => (inPrompt.content > 0 && inPrompt.numbers === inPrompt.content ? 1 : 0),
};

export const isTruncated: Feature = {
  ...shared,
  name: 'text.isTruncated',
  shown: 'whether',
  says: 'Whether the model was cut off: `finish` is `length` or `max_tokens`.',
  towards: 'wrong',
  unless: '`finish` was not recorded',
  of: ({ record }) =>
    record.finish == null ? NaN : record.finish === 'length' || record.finish === 'max_tokens' ? 1 : 0,
};

export const numberCount: Feature = {
  ...shared,
  name: 'text.numbers',
  shown: 'count',
  says: 'Number of distinct numbers in the answer: ln(1 + n).',
  range: [0, 25],
  of: ({ inPrompt }) => logCount(inPrompt.numbers),
};

export const nameCount: Feature = {
  ...shared,
  name: 'text.names',
  shown: 'count',
  says:
    'Number of distinct names in the answer (words with an upper-case letter that are not function words): ' +
    'ln(1 + n).',
  range: [0, 25],
  of: ({ inPrompt }) => logCount(inPrompt.names),
};
