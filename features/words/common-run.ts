import type { WordMap } from './word-map.js';
import type { Words } from './words.js';

/** Where each word of a text stands: the map gives its first place, `next[place]` the following one, −1 after the last. */
export interface Places {
  readonly first: WordMap;
  next: Int32Array;
}

/** Notes where the words of a text stand. */
export function notePlaces(words: Words, places: Places): void {
  if (places.next.length < words.n) places.next = new Int32Array(words.n * 2);
  const { first, next } = places;
  first.clear();
  for (let w = words.n - 1; w >= 0; w--) next[w] = first.swap(words.ids[w], w);
}

/** A run of words that two texts share: where it begins in the second, and its length. */
export interface Run {
  at: number;
  length: number;
}

/** Places looked at before the search ends with the best run so far: only texts that repeat themselves without end reach it. */
const MOST_STEPS = 1_000_000;

/**
 * The longest run of words of `a` that stands in `b` in the same order and without a gap. Places of each word are chained, so
 * that a run starts only where a word really recurs. Cost: words of a + matches, at most a million.
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
