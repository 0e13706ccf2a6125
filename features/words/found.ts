import { Flag } from './flags.js';
import { WordMap } from './word-map.js';
import type { Words } from './words.js';

/** The number of distinct words of a text by kind, and how many of them occur in other texts. */
export class Found {
  words = 0;
  wordsFound = 0;
  content = 0;
  contentFound = 0;
  numbers = 0;
  numbersFound = 0;
  names = 0;
  namesFound = 0;
  /** Whether word w occurs in those texts: 1 or 0. */
  isFound = new Uint8Array(64);
  readonly #seen = new WordMap();

  load(text: Words, a: WordMap, b?: WordMap, c?: WordMap): void {
    this.words = this.content = this.numbers = this.names = 0;
    this.wordsFound = this.contentFound = this.numbersFound = this.namesFound = 0;
    this.#seen.clear();
    if (this.isFound.length < text.n) this.isFound = new Uint8Array(2 * text.n);
    for (let w = 0; w < text.n; w++) {
      const id = text.ids[w];
      const found = a.has(id) || b?.has(id) || c?.has(id) ? 1 : 0;
      this.isFound[w] = found;
      if (!this.#seen.set(id, 1)) continue;
      const flags = text.flags[w];
      this.words++;
      this.wordsFound += found;
      if ((flags & Flag.STOP) !== 0) continue;
      this.content++;
      this.contentFound += found;
      if ((flags & Flag.NUMBER) !== 0) {
        this.numbers++;
        this.numbersFound += found;
      } else if ((flags & Flag.NAME) !== 0) {
        this.names++;
        this.namesFound += found;
      }
    }
  }
}
