/** Letters of scripts without spaces between words, as the inside of a character class. */
export const UNSPACED =
  String.raw`\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ー〇` +
  String.raw`\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}`;

const unspaced = new RegExp(`[${UNSPACED}]`, 'u');
let segmenter: Intl.Segmenter | undefined;

/** Whether a text contains a letter of a script without spaces between words. */
export function hasUnspaced(text: string): boolean {
  return /[\u0e00-\uffff]/.test(text) && unspaced.test(text);
}

/**
 * Word boundaries of a text according to the dictionaries of ICU: 0 and the end of each segment. A katakana name that
 * the dictionary splits into short pieces (キャン|ベラ) is kept whole.
 */
export function wordBreaks(text: string): number[] {
  segmenter ??= new Intl.Segmenter('en', { granularity: 'word' });
  const breaks = [0];
  for (const { index, segment } of segmenter.segment(text)) breaks.push(index + segment.length);
  return breaks.filter((at, i) => !KATAKANA.test(text.slice(at - 1, at + 1)) || isLong(breaks, i));
}

const KATAKANA = /^[\p{Script=Katakana}ー]{2}$/u;

function isLong(breaks: number[], i: number): boolean {
  return breaks[i] - breaks[i - 1] >= 3 && breaks[i + 1] - breaks[i] >= 3;
}

const freeSpace = new RegExp(`(?<=[${UNSPACED}]) (?=[${UNSPACED}])`, 'gu');

/** Removes spaces between two letters of scripts without spaces between words. */
export function withoutFreeSpaces(text: string): string {
  return hasUnspaced(text) ? text.replace(freeSpace, '') : text;
}
