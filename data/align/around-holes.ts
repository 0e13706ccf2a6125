import type { Aligned } from './aligned.js';
import { byText, type LoggedToken } from './token-pieces.js';

// biome-ignore lint/suspicious/noControlCharactersInRegex: the range is meant
const BEYOND_ASCII = /^[^\x00-\x7f]+$/;

/**
 * Finds the tokens of an answer if they contain U+FFFD for the bytes of a split character and no bytes were logged
 * (vLLM). It compares from the end of the answer backwards: what tokens spell must match, and what the U+FFFD cover
 * must be characters beyond ASCII.
 */
export function aroundHoles(tokens: readonly LoggedToken[], answer: string): Aligned | null {
  if (!tokens.some(({ token }) => token.includes('\uFFFD'))) return null;
  let left = answer.trimEnd();
  let end = tokens.length;
  while (end > 0 && tokens[end - 1].token.trim() === '') end--;
  let hole = -1; // the token at which characters begin that no token spells
  const from = (first: number): Aligned => ({ first, end, reading: byText, pieces: tokens.map(byText.piece) });
  for (let i = end - 1; i >= 0; i--) {
    const parts = tokens[i].token.split(/\uFFFD+/);
    for (let p = parts.length - 1; p >= 0; p--) {
      const part = i === end - 1 && p === parts.length - 1 ? parts[p].trimEnd() : parts[p];
      if (part !== '') {
        const at = hole < 0 ? left.length - part.length : left.lastIndexOf(part, left.length - part.length - 1);
        if (at >= 0 && left.startsWith(part, at) && (hole < 0 || BEYOND_ASCII.test(left.slice(at + part.length)))) {
          left = left.slice(0, at);
        } else if (hole >= 0) return BEYOND_ASCII.test(left) ? from(hole) : null;
        else return part.trimStart() === left ? from(i) : null;
        hole = -1;
        if (left === '') return from(i);
      }
      if (p > 0) hole = i;
    }
  }
  return hole >= 0 && BEYOND_ASCII.test(left) ? from(hole) : null;
}
