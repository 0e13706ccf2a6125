import type { Token } from '../../data/record.js';
import { Flag } from '../words/flags.js';
import { scanWords } from '../words/scan.js';
import type { WordMap } from '../words/word-map.js';
import { Words } from '../words/words.js';
import type { TokenTable } from './token-table.js';
import { addUp, newTotals } from './totals.js';

/**
 * Which tokens carry the answer: the key ones are those that belong to a word with content (names, numbers, content words; not
 * punctuation, format or function words), the fresh ones those of them whose word the prompt doesn't hold. Where no token
 * qualifies, all are taken: of "Yes." everything counts.
 */
export class KeyTokens {
  /** Over the key tokens, and over the fresh ones. */
  readonly key = newTotals();
  readonly fresh = newTotals();
  /** Place of the first fresh token in the table, where the answer proper begins. */
  first = 0;
  /** How many tokens qualify. */
  keys = 0;
  freshes = 0;
  #isKey = new Uint8Array(64);
  #isFresh = new Uint8Array(64);
  readonly #own = new Words();

  load(table: TokenTable, tokens: readonly Token[], answer: string, answerWords: Words, prompt: WordMap): void {
    if (this.#isKey.length < table.n) {
      this.#isKey = new Uint8Array(table.n * 2);
      this.#isFresh = new Uint8Array(table.n * 2);
    }
    const words = spells(tokens, answer) ? answerWords : this.#scan(tokens);
    this.#mark(table, tokens, words, prompt);
    const key = this.keys === 0 ? null : this.#isKey;
    const fresh = this.freshes === 0 ? key : this.#isFresh;
    this.first = fresh === null ? 0 : fresh.indexOf(1);
    addUp(table, key, this.key);
    addUp(table, fresh, this.fresh);
  }

  #mark(table: TokenTable, tokens: readonly Token[], words: Words, prompt: WordMap): void {
    this.keys = this.freshes = 0;
    let offset = 0;
    let w = 0;
    let row = 0;
    for (let i = 0; i < tokens.length; i++) {
      const end = offset + tokens[i].token.length;
      let isKey = 0;
      let isFresh = 0;
      while (w < words.n && words.to[w] <= offset) w++;
      for (let v = w; v < words.n && words.from[v] < end; v++) {
        if ((words.flags[v] & Flag.STOP) !== 0) continue;
        isKey = 1;
        if (!prompt.has(words.ids[v])) isFresh = 1;
      }
      offset = end;
      if (row >= table.n || table.place[row] !== i) continue;
      this.#isKey[row] = isKey;
      this.#isFresh[row] = isFresh;
      this.keys += isKey;
      this.freshes += isFresh;
      row++;
    }
  }

  /** The tokens' own text where it differs from the answer; tokenizer signs for space and line end become those. */
  #scan(tokens: readonly Token[]): Words {
    const text = tokens.map(({ token }) => token).join('');
    this.#own.clear();
    scanWords(text.replaceAll(/[\u0120\u2581]/g, ' ').replaceAll('\u010a', '\n'), this.#own);
    return this.#own;
  }
}

/**
 * Whether the tokens spell the answer, told by their length: then its words need no second scan. A tokenizer's sign for a
 * space is as long as the space.
 */
function spells(tokens: readonly Token[], answer: string): boolean {
  let length = 0;
  for (let i = 0; i < tokens.length; i++) length += tokens[i].token.length;
  return length === answer.length;
}
