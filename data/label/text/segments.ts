/** Letters of scripts that write no spaces between words, as the inside of a class. */
export const UNSPACED = String.raw`\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ー〇\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}`;

const unspaced = new RegExp(`[${UNSPACED}]`, 'u');
let segmenter: Intl.Segmenter | undefined;

/** Whether the text holds a letter of a script without spaces between words. */
export function hasUnspaced(text: string): boolean {
  return /[\u0e00-\uffff]/.test(text) && unspaced.test(text);
}

/**
 * Where the words of a text begin and end by the dictionaries of ICU: 0 and the end of each segment. A name in katakana that
 * the dictionary cuts into short bits (キャン|ベラ) is left whole.
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

/** Without the spaces between two letters of such scripts. */
export function withoutFreeSpaces(text: string): string {
  return hasUnspaced(text) ? text.replace(freeSpace, '') : text;
}
