import { fold } from './fold.js';
import { HASH_SEED, hashStep } from './hash.js';
import type { Words } from './words.js';

const LETTERS = 4;
/** Distinguishes stems from words of four letters. */
const MARK = 126;

/**
 * The stem of word w: the hash of its first four letters if it has five or more, else of the whole word. Most spellings
 * and forms of a word share it (carburettor and carburetors, but not Spain and Spanish). Numbers are never cut.
 */
function stemOf(words: Words, w: number, text: string): number {
  const from = words.from[w];
  const size = words.to[w] - from;
  if (size <= LETTERS) return words.ids[w];
  let hash = HASH_SEED;
  for (let i = 0; i < size; i++) {
    const code = text.charCodeAt(from + i);
    const lower = code | 32;
    if (code >= 128 || lower < 97 || lower > 122) return foldedStem(text.slice(from, from + size), words.ids[w]);
    if (i < LETTERS) hash = hashStep(hash, lower);
  }
  return hashStep(hash, MARK);
}

function foldedStem(word: string, id: number): number {
  const letters = fold(word);
  if (letters.length <= LETTERS || /[\d.,]/.test(letters)) return id;
  let hash = HASH_SEED;
  for (let i = 0; i < LETTERS; i++) hash = hashStep(hash, letters.charCodeAt(i));
  return hashStep(hash, MARK);
}

/** Writes the stems of all words of a text to `out`, or to a larger array if needed, and returns it. */
export function stemsOf(words: Words, text: string, out: Int32Array<ArrayBuffer>): Int32Array<ArrayBuffer> {
  const stems = out.length < words.n ? new Int32Array(words.n * 2) : out;
  for (let w = 0; w < words.n; w++) stems[w] = stemOf(words, w, text);
  return stems;
}
