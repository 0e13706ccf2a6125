/**
 * Removes what writers leave out of Latin, Greek and Cyrillic letters: accents, the dots of ё, the dot that
 * distinguishes ı from İ, ligatures, the strokes of ø and ł, the final form of σ; in lower case. Marks of all other
 * scripts are letters and stay: the voicing of kana, the vowels of Indic, Thai and Arabic, the breve of й. Also one
 * code for the ی and ک of Arabic and Persian keyboards, no kashida, and one spelling of Thai and Lao am.
 */
export function foldLetters(text: string): string {
  if (!/[^\0-\x7f]/.test(text)) return text.toLowerCase();
  return text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/([\p{Script=Latin}\p{Script=Greek}])\p{M}+/gu, '$1')
    .replace(/([аеёиоуыэюяіє])[\u0300\u0301]+/g, '$1')
    .replace(/е\u0308/g, 'е')
    .replace(/[ßæœøłđðþıςكي\u0640]/g, (letter) => PLAIN[letter])
    .normalize('NFKC')
    .replace(/\u0e4d([\u0e48-\u0e4b]?)\u0e32/g, '$1\u0e33')
    .replace(/\u0ecd([\u0ec8-\u0ecb]?)\u0eb2/g, '$1\u0eb3');
}

const PLAIN: Record<string, string> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ı: 'i',
  ς: 'σ',
  ك: 'ک',
  ي: 'ی',
  '\u0640': '',
};
