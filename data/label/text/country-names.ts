import { normalise } from '../normalise.js';

/** A range of a text, end excluded. */
export interface Span {
  from: number;
  to: number;
}

/** Languages without spaces between words. */
const LANGUAGES = ['zh', 'zh-Hant', 'ja', 'th', 'lo', 'km', 'my'];
let names: string[] | undefined;

/**
 * Whether a word is only a part of the longer name of another country or territory, where dictionaries may split it:
 * 俄罗斯 (Russia) in 白俄罗斯 (Belarus), 印度 in 印度尼西亚. The names are those of CLDR, as included in ICU.
 */
export function isInLongerName(text: string, word: string, { from, to }: Span): boolean {
  names ??= LANGUAGES.flatMap(namesIn);
  return names.some((name) => {
    for (let at = name.indexOf(word); at >= 0 && name.length > word.length; at = name.indexOf(word, at + 1)) {
      if (text.startsWith(name, from - at) && from - at + name.length >= to) return true;
    }
    return false;
  });
}

function namesIn(language: string): string[] {
  const regions = new Intl.DisplayNames([language], { type: 'region', fallback: 'none' });
  const letters = Array.from({ length: 26 }, (_, i) => String.fromCharCode(65 + i));
  const codes = letters.flatMap((first) => letters.map((second) => first + second));
  return codes.flatMap((code) => {
    const name = regions.of(code);
    return name === undefined ? [] : [normalise(name)];
  });
}
