import { dropsFinalS, hashLetters } from './hash.js';

const spelled: Record<string, string> = { ß: 'ss', æ: 'ae', œ: 'oe', ø: 'o', ł: 'l', đ: 'd', ð: 'd', þ: 'th', ı: 'i' };

/**
 * Folds a word beyond ASCII into plain letters: compatibility forms are resolved, accents removed, letters lower-cased,
 * so "Niccolò" becomes "niccolo". Scripts without case and accents stay unchanged.
 */
export function fold(word: string): string {
  return word
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[\p{M}'’‘‛ʼ′＇]+/gu, '')
    .replace(/[ßæœøłđðþı]/g, (letter) => spelled[letter]);
}

/** The hash of a folded word without its plural ending: -ies becomes -y, and `dropsFinalS` decides about a final -s. */
export function foldedHash(word: string): number {
  return hashLetters(stem(fold(word)));
}

function stem(letters: string): string {
  const n = letters.length;
  if (n > 4 && letters.endsWith('ies')) return `${letters.slice(0, -3)}y`;
  const drops = n > 1 && dropsFinalS(n, letters.charCodeAt(n - 1), letters.charCodeAt(n - 2));
  return drops ? letters.slice(0, -1) : letters;
}
