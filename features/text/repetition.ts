import type { Feature } from '../feature.js';
import { WordMap } from '../words/word-map.js';

/** Share of words said before: 1 − distinct / all; 0 for an answer without words. */
export const repeatedWords: Feature = {
  name: 'text.repeatedWords',
  version: 1,
  needs: 'answer',
  towards: 'either',
  range: [0, 1],
  of: ({ answer, inPrompt }) => (answer.n === 0 ? 0 : 1 - inPrompt.words / answer.n),
};

const seen = new WordMap();

/** Share of word triples said before: a model that runs in circles. 0 for answers of up to three words. */
export const repeatedTriples: Feature = {
  name: 'text.repeatedTriples',
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
