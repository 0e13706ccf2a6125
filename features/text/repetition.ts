import type { Feature } from '../feature.js';
import { WordMap } from '../words/word-map.js';
import type { Words } from '../words/words.js';

const seen = new WordMap();

/** Share of word n-grams that occurred before in the same text; 0 for texts shorter than n. */
function repeated(words: Words, n: number): number {
  const count = words.n - n + 1;
  if (count <= 1) return 0;
  seen.clear();
  let again = 0;
  for (let w = 0; w < count; w++) {
    let gram = words.ids[w];
    for (let k = 1; k < n; k++) gram = (Math.imul(gram, 0x2c1b3c6d) + words.ids[w + k]) | 0;
    if (!seen.set(gram, 1)) again++;
  }
  return again / count;
}

/** Share of words said before: 1 − distinct / all. */
export const repeatedWords: Feature = {
  name: 'text.repeatedWords',
  version: 1,
  needs: 'answer',
  towards: 'either',
  range: [0, 1],
  of: ({ answer }) => repeated(answer, 1),
};

/** Share of word triples said before: a model that runs in circles. */
export const repeatedTriples: Feature = {
  name: 'text.repeatedTriples',
  version: 1,
  needs: 'answer',
  towards: 'wrong',
  range: [0, 1],
  of: ({ answer }) => repeated(answer, 3),
};
