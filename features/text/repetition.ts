import type { Feature } from '../feature.js';
import { WordMap } from '../words/word-map.js';

export const repeatedWords: Feature = {
  name: 'text.repeatedWords',
  shown: 'share',
  says: 'Share of the words that occurred earlier in the answer: 1 − distinct / all; 0 for an answer without words.',
  version: 1,
  needs: 'answer',
  towards: 'either',
  range: [0, 1],
  of: ({ answer, inPrompt }) => (answer.n === 0 ? 0 : 1 - inPrompt.words / answer.n),
};

const seen = new WordMap();

export const repeatedTriples: Feature = {
  name: 'text.repeatedTriples',
  shown: 'share',
  says:
    'Share of the three-word sequences that occurred earlier in the answer; 0 for up to three words. ' +
    'A model that goes round in circles repeats them.',
  version: 1,
  needs: 'answer',
  towards: 'wrong',
  range: [0, 1],
  of: ({ answer: { ids, n } }) => {
    if (n <= 3) return 0;
    seen.clear();
    let again = 0;
    for (let w = 2; w < n; w++) {
      const pair = (Math.imul(ids[w - 2], 0x2c1b3c6d) + ids[w - 1]) | 0;
      if (!seen.set((Math.imul(pair, 0x2c1b3c6d) + ids[w]) | 0, 1)) again++;
    }
    return again / (n - 2);
  },
};
