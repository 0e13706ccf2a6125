import type { WordMap } from './word-map.js';
import type { Words } from './words.js';

/**
 * The positions of each word of a text: the map gives the first one, `next[position]` the following one, −1 after the
 * last.
 */
export interface Places {
  readonly first: WordMap;
  next: Int32Array;
}

/** Records the positions of the words of a text. */
export function notePlaces(words: Words, places: Places): void {
  if (places.next.length < words.n) places.next = new Int32Array(words.n * 2);
  const { first, next } = places;
  first.clear();
  for (let w = words.n - 1; w >= 0; w--) next[w] = first.swap(words.ids[w], w);
}

/** A sequence of words that two texts share: where it begins in the second text, and its length. */
export interface Run {
  at: number;
  length: number;
}

/** After this many comparisons the search ends with the best result so far. Only texts full of repetitions reach it. */
const MOST_STEPS = 1_000_000;

/**
 * The longest sequence of words of `a` that also occurs in `b`, in the same order and without a gap. The positions of
 * each word are chained, so only real matches are compared. Cost: words of a + matches, at most a million.
 */
export function longestRun(a: Words, b: Words, places: Places, run: Run): void {
  const { first, next } = places;
  let steps = 0;
  run.at = run.length = 0;
  for (let i = 0; i + run.length < a.n; i++) {
    const before = i > 0 ? a.ids[i - 1] : 0;
    for (let j = first.get(a.ids[i]); j !== -1; j = next[j]) {
      if (++steps > MOST_STEPS) return;
      if (i > 0 && j > 0 && before === b.ids[j - 1]) continue;
      let k = 1;
      while (i + k < a.n && j + k < b.n && a.ids[i + k] === b.ids[j + k]) k++;
      steps += k;
      if (k > run.length) {
        run.length = k;
        run.at = j;
      }
    }
  }
}
