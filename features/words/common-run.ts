import { WordMap } from './word-map.js';
import type { Words } from './words.js';

/**
 * The longest run of words that two texts share, in the same order and without a gap. The positions of each word of the longer
 * text are chained, so that a run starts only where a word really recurs. Cost: words + matches.
 */
export class RunFinder {
  readonly #firstAt = new WordMap();
  #next = new Int32Array(64);
  /** Where the last run found begins in `b`, and its length. */
  at = 0;
  length = 0;

  find(a: Words, b: Words): number {
    const first = this.#firstAt;
    first.clear();
    if (this.#next.length < b.n) this.#next = new Int32Array(b.n * 2);
    const next = this.#next;
    for (let j = b.n - 1; j >= 0; j--) {
      next[j] = first.get(b.ids[j]);
      first.set(b.ids[j], j);
    }
    let best = 0;
    this.at = 0;
    for (let i = 0; i + best < a.n; i++) {
      for (let j = first.get(a.ids[i]); j !== -1; j = next[j]) {
        if (i > 0 && j > 0 && a.ids[i - 1] === b.ids[j - 1]) continue;
        let k = 1;
        while (i + k < a.n && j + k < b.n && a.ids[i + k] === b.ids[j + k]) k++;
        if (k > best) {
          best = k;
          this.at = j;
        }
      }
    }
    this.length = best;
    return best;
  }
}
