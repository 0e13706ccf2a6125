import { Flag } from './flags.js';
import type { Gist } from './gist.js';
import type { WordMap } from './word-map.js';
import type { Words } from './words.js';

const MOST = 10;

/**
 * The options that a prompt lists ("A) …", "(b) …", "C. …", in order, up to J), and which of them the answer names: by
 * its letter, or because it is the only one all of whose words are in the answer. Cost: words of the prompt; with
 * options also of the answer.
 */
export class Options {
  /** Number of listed options; 0 where there are fewer than two. */
  n = 0;
  /** The words of option o are those from `begin[o]` up to, but without, `end[o]` in the prompt. */
  readonly begin = new Int32Array(MOST);
  readonly end = new Int32Array(MOST);
  /** The option that the answer names, −1 where it names none. */
  chosen = -1;

  load(prompt: Words, text: string, answer: Words, gist: Gist): void {
    this.#find(prompt, text);
    this.chosen =
      this.n === 0 ? -1 : gist.option >= 0 && gist.option < this.n ? gist.option : this.#onlyOneNamed(prompt, answer);
  }

  /** Number of words of an option. */
  size(o: number): number {
    return this.end[o] - this.begin[o];
  }

  /** Share of an option's content words that occur in a text before word `before`; NaN where the option has none. */
  shareIn(o: number, prompt: Words, text: WordMap, before: number): number {
    let content = 0;
    let found = 0;
    for (let w = this.begin[o]; w < this.end[o]; w++) {
      if ((prompt.flags[w] & Flag.STOP) !== 0) continue;
      content++;
      const at = text.get(prompt.ids[w]);
      if (at >= 0 && at < before) found++;
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

/** The index of the first word after the line of word w. */
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
