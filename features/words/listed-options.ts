import { Flag } from './flags.js';
import type { Gist } from './gist.js';
import type { WordMap } from './word-map.js';
import type { Words } from './words.js';

const MOST = 10;

/**
 * The options a prompt lists, "A) …", "(b) …", "C. …", in order and up to J, and which of them the answer names: by its
 * letter, else as the only one whose words the answer holds. Cost: words of the prompt; with options also the answer's.
 */
export class Options {
  /** Options listed; 0 where there are fewer than two. */
  n = 0;
  /** Words of option o: `begin[o]` up to `end[o]` in the prompt. */
  readonly begin = new Int32Array(MOST);
  readonly end = new Int32Array(MOST);
  /** The option the answer names, −1 where none is told. */
  chosen = -1;

  load(prompt: Words, text: string, answer: Words, gist: Gist): void {
    this.#find(prompt, text);
    this.chosen =
      this.n === 0 ? -1 : gist.option >= 0 && gist.option < this.n ? gist.option : this.#onlyOneNamed(prompt, answer);
  }

  /** Words of an option. */
  size(o: number): number {
    return this.end[o] - this.begin[o];
  }

  /** Share of the content words of an option that a text holds, given which words; NaN where it has none. */
  shareIn(o: number, prompt: Words, text: WordMap, least: number): number {
    let content = 0;
    let found = 0;
    for (let w = this.begin[o]; w < this.end[o]; w++) {
      if ((prompt.flags[w] & Flag.STOP) !== 0) continue;
      content++;
      const at = text.get(prompt.ids[w]);
      if (at >= 0 && at < least) found++;
    }
    return found / content;
  }

  #find(prompt: Words, text: string): void {
    let n = 0;
    for (let w = 0; w < prompt.n && n < MOST; w++) {
      const from = prompt.from[w];
      if (prompt.to[w] - from !== 1 || (text.charCodeAt(from) | 32) - 97 !== n) continue;
      const after = text.charCodeAt(from + 1);
      if (after !== 41 && after !== 46 && after !== 58 && after !== 93) continue;
      if (n > 0) this.end[n - 1] = w;
      this.begin[n++] = w + 1;
    }
    if (n > 0) this.end[n - 1] = lineEnd(prompt, text, this.begin[n - 1]);
    this.n = n < 2 ? 0 : n;
  }

  #onlyOneNamed(prompt: Words, answer: Words): number {
    let only = -1;
    for (let o = 0; o < this.n; o++) {
      if (this.size(o) === 0 || !holds(answer, prompt, this.begin[o], this.end[o])) continue;
      if (only >= 0) return -1;
      only = o;
    }
    return only;
  }
}

/** The first word at or behind w that stands on another line. */
function lineEnd(words: Words, text: string, w: number): number {
  if (w >= words.n) return w;
  const line = text.indexOf('\n', words.from[w]);
  if (line < 0) return words.n;
  let end = w;
  while (end < words.n && words.from[end] < line) end++;
  return end;
}

function holds(answer: Words, option: Words, begin: number, end: number): boolean {
  for (let w = begin; w < end; w++) {
    let at = 0;
    while (at < answer.n && answer.ids[at] !== option.ids[w]) at++;
    if (at === answer.n) return false;
  }
  return true;
}
