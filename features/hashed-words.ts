import { Flag } from './words/flags.js';
import { WordMap } from './words/word-map.js';
import type { Words } from './words/words.js';

/** The number of ids per record, and the number of buckets that the words of each text are hashed into. */
export interface HashShape {
  length: number;
  buckets: number;
}

/** The words of the question and of the answer; a view has them. */
interface HashedTexts {
  readonly prompt: Words;
  readonly answer: Words;
}

/** This share of the places is reserved for the answer. */
const ANSWER_SHARE = 1 / 4;
const seen = new WordMap();

/**
 * Hashed words, the input of the learned text channel: the distinct words and pairs of words of the prompt as bucket
 * numbers 1 … buckets, and those of the answer as buckets + 1 … 2 · buckets. They are written to `out[at … at +
 * length)`, with 0 in the places that remain. Words are folded as for the signals. Function words occur only in pairs,
 * and a number is represented by its number of characters. A text too long for its places contributes as many words
 * from its beginning as from its end. Deterministic; allocates nothing per word.
 * Source: Weinberger et al. 2009 (feature hashing). Cost: places + words of both texts.
 */
export function hashedWords(
  { prompt, answer }: HashedTexts,
  { length, buckets }: HashShape,
  out: Int32Array,
  at: number,
): void {
  seen.clear();
  const reserved = Math.min(2 * answer.n, Math.floor(length * ANSWER_SHARE));
  const end = at + length;
  const middle = addText(prompt, { out, base: 0, buckets }, at, end - reserved);
  const last = addText(answer, { out, base: buckets, buckets }, middle, end);
  out.fill(0, last, end);
}

/** Where the ids of a text are written: bucket b becomes the id base + b. */
interface Target {
  out: Int32Array;
  base: number;
  buckets: number;
}

/**
 * Adds the ids of a text to the places `from` … `to`, half from its beginning and half from its end. Returns where they
 * end.
 */
function addText(words: Words, target: Target, from: number, to: number): number {
  const half = from + ((to - from + 1) >> 1);
  let at = from;
  let w = 0;
  for (; w < words.n && at < half; w++) at = addWord(words, w, target, at, half);
  for (let back = words.n - 1; back >= w && at < to; back--) at = addWord(words, back, target, at, to);
  return at;
}

/** Adds a word, and its pair with the previous word, unless they were added before. */
function addWord(words: Words, w: number, { out, base, buckets }: Target, from: number, to: number): number {
  let at = from;
  const stop = words.flags[w] & Flag.STOP;
  const id = mixed(idOf(words, w), base);
  if (stop === 0 && at < to && seen.set(id, 1)) out[at++] = base + bucketOf(id, buckets);
  if (w === 0 || (stop !== 0 && (words.flags[w - 1] & Flag.STOP) !== 0)) return at;
  const pair = mixed(idOf(words, w - 1), id);
  if (at < to && seen.set(pair, 1)) out[at++] = base + bucketOf(pair, buckets);
  return at;
}

function idOf(words: Words, w: number): number {
  return (words.flags[w] & Flag.NUMBER) === 0 ? words.ids[w] : words.from[w] - words.to[w];
}

function mixed(a: number, b: number): number {
  const mix = Math.imul(a ^ (b >>> 15), 0x2c1b3c6d) ^ b;
  return Math.imul(mix ^ (mix >>> 12), 0x297a2d39);
}

/** A bucket 1 … buckets, from the upper bits of the hash. */
function bucketOf(hash: number, buckets: number): number {
  return 1 + Math.floor(((hash ^ (hash >>> 15)) >>> 0) * (buckets / 2 ** 32));
}
