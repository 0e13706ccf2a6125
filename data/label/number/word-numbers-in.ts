import type { FoundNumber } from './found-number.js';

const SMALL = (
  'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen ' +
  'eighteen nineteen'
).split(' ');
const TENS = 'twenty thirty forty fifty sixty seventy eighty ninety'.split(' ');
const SCALES: Record<string, number> = { thousand: 1e3, million: 1e6, billion: 1e9, trillion: 1e12 };
const WORDS = [...SMALL, ...TENS, 'hundred', ...Object.keys(SCALES)].join('|');
const RUN = new RegExp(
  String.raw`(?:\b(minus|negative)\s+)?\b(?:a\s+)?((?:${WORDS})(?:(?:\s+and\s+|[\s-]+)(?:${WORDS}))*)\b`,
  'gi',
);

/** Numbers in English words: "twenty-three", "one hundred and five", "minus two million". */
export function wordNumbersIn(text: string): FoundNumber[] {
  return [...text.matchAll(RUN)].map((match) => {
    const value = valueOfWords(
      match[2]
        .toLowerCase()
        .split(/[\s-]+/)
        .filter((word) => word !== 'and'),
    );
    return {
      value: match[1] === undefined ? value : -value,
      decimals: 0,
      percent: /^\s+per\s?cent\b/i.test(text.slice(match.index + match[0].length)),
      plusMinus: false,
      at: match.index,
      end: match.index + match[0].length,
    };
  });
}

function valueOfWords(words: string[]): number {
  let total = 0;
  let part = 0;
  for (const word of words) {
    if (SMALL.includes(word)) part += SMALL.indexOf(word);
    else if (TENS.includes(word)) part += 20 + 10 * TENS.indexOf(word);
    else if (word === 'hundred') part = (part || 1) * 100;
    else {
      total += (part || 1) * SCALES[word];
      part = 0;
    }
  }
  return total + part;
}
