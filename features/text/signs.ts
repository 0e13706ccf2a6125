import type { Feature } from '../feature.js';
import { logCount } from '../stats.js';

const shared = { version: 1, needs: 'answer', towards: 'either', range: [0, 1] } as const;

export const upperShare: Feature = {
  ...shared,
  name: 'text.upperShare',
  shown: 'share',
  says: 'Share of the letters that are in upper case; 0 for an answer without letters.',
  of: ({ answer }) => (answer.letters === 0 ? 0 : Math.min(1, answer.upper / answer.letters)),
};

export const digitShare: Feature = {
  ...shared,
  name: 'text.digitShare',
  shown: 'share',
  says: 'Share of digits among letters and digits; 0 for an answer with neither.',
  of: ({ answer }) => {
    const all = answer.letters + answer.digits;
    return all === 0 ? 0 : answer.digits / all;
  },
};

export const wideShare: Feature = {
  ...shared,
  name: 'text.wideShare',
  shown: 'share',
  says: 'Share of the words that have letters beyond ASCII; 0 for an answer without words.',
  of: ({ answer }) => (answer.n === 0 ? 0 : answer.wide / answer.n),
};

export const endsSentence: Feature = {
  ...shared,
  name: 'text.endsSentence',
  shown: 'whether',
  says:
    'Whether the answer ends with a punctuation mark that ends a sentence. Full sentences do; ' +
    'bare names and truncated texts do not.',
  of: ({ answer }) => (answer.ended ? 1 : 0),
};

export const commas: Feature = {
  ...shared,
  name: 'text.commas',
  shown: 'count',
  says: 'Number of commas and colons in the answer: ln(1 + n). Lists of possibilities have many.',
  range: [0, 25],
  of: ({ answer }) => logCount(answer.commas),
};

export const quotes: Feature = {
  ...shared,
  name: 'text.quotes',
  shown: 'count',
  says: 'Number of quotation marks in the answer: ln(1 + n).',
  range: [0, 25],
  of: ({ answer }) => logCount(answer.quotes),
};

export const brackets: Feature = {
  ...shared,
  name: 'text.brackets',
  shown: 'count',
  says: 'Number of brackets in the answer: ln(1 + n). They mark asides and references.',
  range: [0, 25],
  of: ({ answer }) => logCount(answer.brackets),
};

export const asksBack: Feature = {
  ...shared,
  name: 'text.asksBack',
  shown: 'count',
  says: 'Number of question marks in the answer: ln(1 + n). The answer asks a question in return.',
  towards: 'wrong',
  range: [0, 25],
  of: ({ answer }) => logCount(answer.questions),
};
