import { Flag } from './words/flags.js';
import { WordMap } from './words/word-map.js';
import type { Words } from './words/words.js';

/** How many ids a record has, and how many buckets those of each text are hashed into. */
export interface HashShape {
  length: number;
  buckets: number;
}

/** What is read: the words of the question and of the answer. A view has them. */
export interface HashedTexts {
  readonly prompt: Words;
  readonly answer: Words;
}

/** Share of the places that an answer may always have. */
const ANSWER_SHARE = 1 / 4;
const seen = new WordMap();

/**
 * Hashed words: the distinct words and pairs of words of the prompt as bucket numbers 1 … buckets, those of the answer as
 * buckets + 1 … 2·buckets, in `out[at … at + length)`, 0 behind the last: what a learned text channel reads. Words are folded as the signals
 * fold them; function words stand in pairs only, and a number by how many characters it has. A text too long for its places
 * gives as many from its beginning as from its end. Deterministic, no allocation.
 * Source: Weinberger et al. 2009 (feature hashing). Cost: places + words of both texts.
 */
export function hashedWords(
  { prompt, answer }: HashedTexts,
  { length, buckets }: HashShape,
  out: Int32Array,
  at: number,
): void {
  seen.clear();
  const kept = Math.min(2 * answer.n, Math.floor(length * ANSWER_SHARE));
  const end = at + length;
  const middle = addText(prompt, 0, buckets, out, at, end - kept);
  const last = addText(answer, buckets, buckets, out, middle, end);
  out.fill(0, last, end);
}

/** Adds the ids of a text from place `from` up to `to`: half of the places go from the front, the rest from the back. Returns where they end. */
function addText(words: Words, base: number, buckets: number, out: Int32Array, from: number, to: number): number {
  const half = from + ((to - from + 1) >> 1);
  let at = from;
  let w = 0;
  for (; w < words.n && at < half; w++) at = addWord(words, w, base, buckets, out, at, half);
  for (let back = words.n - 1; back >= w && at < to; back--) at = addWord(words, back, base, buckets, out, at, to);
  return at;
}

/** Adds a word and its pair with the one before, if they are new. */
function addWord(
  words: Words,
  w: number,
  base: number,
  buckets: number,
  out: Int32Array,
  from: number,
  to: number,
): number {
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

/** 1 … buckets, by the upper bits. */
function bucketOf(hash: number, buckets: number): number {
  return 1 + Math.floor(((hash ^ (hash >>> 15)) >>> 0) * (buckets / 2 ** 32));
}
