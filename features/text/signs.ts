import type { Feature } from '../feature.js';
import { logCount } from '../stats.js';

const shared = { version: 1, needs: 'answer', towards: 'either', range: [0, 1] } as const;

/** Share of letters in upper case; 0 for an answer without letters. */
export const upperShare: Feature = {
  ...shared,
  name: 'text.upperShare',
  of: ({ answer }) => (answer.letters === 0 ? 0 : Math.min(1, answer.upper / answer.letters)),
};

/** Share of digits among letters and digits; 0 for an answer with neither. */
export const digitShare: Feature = {
  ...shared,
  name: 'text.digitShare',
  of: ({ answer }) => {
    const all = answer.letters + answer.digits;
    return all === 0 ? 0 : answer.digits / all;
  },
};

/** Share of words with letters beyond ASCII; 0 for an answer without words. */
export const wideShare: Feature = {
  ...shared,
  name: 'text.wideShare',
  of: ({ answer }) => (answer.n === 0 ? 0 : answer.wide / answer.n),
};

/** Whether the answer ends with a sentence's sign: full sentences do, names and cut-off texts don't. */
export const endsSentence: Feature = {
  ...shared,
  name: 'text.endsSentence',
  of: ({ answer }) => (answer.ended ? 1 : 0),
};

/** Commas and colons: ln(1 + n). Lists of possibilities have many. */
export const commas: Feature = {
  ...shared,
  name: 'text.commas',
  range: [0, 25],
  of: ({ answer }) => logCount(answer.commas),
};

/** Quotation marks: ln(1 + n). */
export const quotes: Feature = {
  ...shared,
  name: 'text.quotes',
  range: [0, 25],
  of: ({ answer }) => logCount(answer.quotes),
};

/** Brackets: ln(1 + n). Asides and references. */
export const brackets: Feature = {
  ...shared,
  name: 'text.brackets',
  range: [0, 25],
  of: ({ answer }) => logCount(answer.brackets),
};

/** Question marks in the answer: ln(1 + n). An answer that asks back. */
export const asksBack: Feature = {
  ...shared,
  name: 'text.asksBack',
  towards: 'wrong',
  range: [0, 25],
  of: ({ answer }) => logCount(answer.questions),
};
