import { isSpecialToken } from '../end-marks.js';
import { thinkingTags } from '../thinking/tags.js';
import type { Aligned } from './aligned.js';
import { aroundHoles } from './around-holes.js';
import { bytesOf, hasBytes, type LoggedToken, readings } from './token-pieces.js';
import { placeOf } from './token-place.js';

/**
 * Finds the tokens of an answer among those that a server listed. It leaves out end marks, white space that the server
 * trimmed, an echoed prompt, tokens of the reasoning, and what follows a stop text. A list that ends before the answer
 * does is kept. With `more`, the list may start with tokens of reasoning or a prompt. Null if the answer is empty or
 * cannot be found, because a guess would return the log-probabilities of another text. Cost: linear in bytes.
 */
export function alignTokens(tokens: readonly LoggedToken[], answer: string, more = false): Aligned | null {
  const target = bytesOf(answer);
  if (tokens.length === 0 || answer.trim() === '') return null;
  const kept = withoutMarks(tokens, answer);
  let begun: { place: Aligned; bytes: number } | null = null;
  for (const reading of readings) {
    if (!reading.fits(kept)) continue;
    const pieces = kept.map(reading.piece);
    const from = afterReasoning(pieces.join(''), target);
    const place = placeOf(pieces, target, { from, more: more && from === 0 });
    if (place === null) continue;
    if (place.whole) return { ...place, reading, pieces };
    if (begun === null || place.bytes > begun.bytes)
      begun = { place: { ...place, reading, pieces }, bytes: place.bytes };
  }
  if (begun !== null) return begun.place;
  for (const reading of readings) {
    if (!reading.fits(kept)) continue;
    const pieces = kept.map(reading.piece);
    const place = placeOf(pieces.map(spaceless), spaceless(target), { from: 0, more });
    if (place?.whole) return { ...place, reading, pieces };
  }
  return aroundHoles(kept, answer);
}

/** Removes white space, because servers change it when they join texts. */
function spaceless(text: string): string {
  return text.replace(/[ \t\r\n\f\v]+/g, '');
}

/** The list without special tokens, empty tokens and white space at its end, unless the answer ends with them too. */
function withoutMarks(tokens: readonly LoggedToken[], answer: string): readonly LoggedToken[] {
  let end = tokens.length;
  while (end > 0) {
    const last = tokens[end - 1];
    if (last.token === '' ? hasBytes(last) : answer.endsWith(last.token)) break;
    if (last.token.trim() !== '' && !isSpecialToken(last.token)) break;
    end--;
  }
  return end === tokens.length ? tokens : tokens.slice(0, end);
}

const CLOSING = [...thinkingTags.map(({ close }) => close), '<|channel|>final<|message|>'].map(bytesOf);

/** Index after the last closing tag of reasoning; 0 if there is none. */
function afterReasoning(text: string, answer: string): number {
  let after = 0;
  for (const tag of CLOSING) {
    const at = text.lastIndexOf(tag);
    if (at >= 0 && !answer.includes(tag)) after = Math.max(after, at + tag.length);
  }
  return after;
}
