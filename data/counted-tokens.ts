import { isEndMark } from './end-marks.js';
import { PackedTokens } from './packed-tokens.js';
import type { Token } from './record.js';
import type { TokenList } from './token-list.js';

/** Which recorded tokens belong to the answer itself: all but end marks and special tokens without text. */

/** Length of the shortest end mark, in UTF-16 code units. */
const LEAST_UNITS = 4;

/**
 * How many tokens come before the end marks. An end mark that the answer's own text ends with belongs to the answer: a
 * model may write about `</s>`.
 */
export function tokensBeforeEnd(tokens: TokenList, answer: string): number {
  let count = tokens.length;
  while (count > 0) {
    const text = tokens instanceof PackedTokens ? longText(tokens, count - 1) : listedText(tokens, count - 1);
    if (text !== '' && (!isEndMark(text) || answer.endsWith(text))) break;
    count--;
  }
  return count;
}

/** Whether a token has text, or bytes: a token that holds part of a character has bytes and no text. */
export function hasText({ token, bytes }: Token): boolean {
  return token !== '' || (Array.isArray(bytes) && bytes.length > 0);
}

/** Whether no token has text although the answer has. Then token texts were not recorded, and every token counts. */
export function isTextless(tokens: TokenList, answer: string): boolean {
  if (answer === '' || tokens.length === 0) return false;
  if (tokens instanceof PackedTokens) return tokens.isTextless();
  for (const token of tokens) if (hasText(token)) return false;
  return true;
}

/** Whether any token of the answer has a log-probability. */
export function hasLogprob(tokens: TokenList, answer: string): boolean {
  const textless = isTextless(tokens, answer);
  const count = textless ? tokens.length : tokensBeforeEnd(tokens, answer);
  if (tokens instanceof PackedTokens) return tokens.hasLogprob(count, textless);
  let i = 0;
  for (const token of tokens) {
    if (i++ === count) break;
    if (token.logprob != null && !Number.isNaN(token.logprob) && (textless || hasText(token))) return true;
  }
  return false;
}

function listedText(tokens: TokenList, i: number): string {
  const token = tokens.at(i)!;
  return token.token === '' && hasText(token) ? ' ' : token.token;
}

/** The text of a token. For a token too short to be an end mark it returns ' ', because only the length matters. */
function longText(tokens: PackedTokens, i: number): string {
  const units = tokens.unitsOf(i);
  return units >= LEAST_UNITS || units === 0 ? tokens.textOf(i) : ' ';
}
