import { PackedTokens } from '../../data/packed-tokens.js';
import type { TokenList } from '../../data/token-list.js';
import { Flag } from '../words/flags.js';
import { Gist } from '../words/gist.js';
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
  /** Places in the table of the tokens of the word that decides (see gist): from `decisive` up to `decided`, the same where there is none. */
  decisive = 0;
  decided = 0;
  /** Place of the first fresh token in the table, where the answer proper begins. */
  first = 0;
  /** How many tokens qualify. */
  keys = 0;
  freshes = 0;
  #isKey = new Uint8Array(64);
  #isFresh = new Uint8Array(64);
  readonly #own = new Words();
  readonly #ownGist = new Gist();

  load(
    table: TokenTable,
    tokens: TokenList,
    answer: string,
    answerWords: Words,
    answerGist: Gist,
    prompt: WordMap,
  ): void {
    if (this.#isKey.length < table.n) {
      this.#isKey = new Uint8Array(table.n * 2);
      this.#isFresh = new Uint8Array(table.n * 2);
    }
    // told by length: a tokenizer's sign for a space is as long as the space, and the words need no second scan
    const spelled = table.ends[tokens.length - 1] === answer.length;
    const words = spelled ? answerWords : this.#scan(tokens);
    this.#mark(table, tokens.length, words, (spelled ? answerGist : this.#ownGist).at, prompt);
    const key = this.keys === 0 ? null : this.#isKey;
    const fresh = this.freshes === 0 ? key : this.#isFresh;
    this.first = fresh === null ? 0 : fresh.indexOf(1);
    addUp(table, key, this.key);
    addUp(table, fresh, this.fresh);
  }

  #mark({ n, place, ends }: TokenTable, tokens: number, words: Words, at: number, prompt: WordMap): void {
    this.keys = this.freshes = this.decisive = this.decided = 0;
    const from = at < 0 ? 0 : words.from[at];
    const to = at < 0 ? 0 : words.to[at];
    let offset = 0;
    let w = 0;
    let row = 0;
    for (let i = 0; i < tokens; i++) {
      const end = ends[i];
      let isKey = 0;
      let isFresh = 0;
      while (w < words.n && words.to[w] <= offset) w++;
      for (let v = w; v < words.n && words.from[v] < end; v++) {
        if ((words.flags[v] & Flag.STOP) !== 0) continue;
        isKey = 1;
        if (!prompt.has(words.ids[v])) isFresh = 1;
      }
      const isDecisive = offset < to && end > from;
      offset = end;
      if (row >= n || place[row] !== i) continue;
      this.#isKey[row] = isKey;
      this.#isFresh[row] = isFresh;
      this.keys += isKey;
      this.freshes += isFresh;
      row++;
      if (!isDecisive) continue;
      if (this.decided === 0) this.decisive = row - 1;
      this.decided = row;
    }
  }

  /** The tokens' own text where it differs from the answer; tokenizer signs for space and line end become those. */
  #scan(tokens: TokenList): Words {
    const raw = tokens instanceof PackedTokens ? tokens.text() : Array.from(tokens, ({ token }) => token).join('');
    const text = raw.replaceAll(/[\u0120\u2581]/g, ' ').replaceAll('\u010a', '\n');
    this.#own.clear();
    scanWords(text, this.#own);
    this.#ownGist.load(this.#own, text);
    return this.#own;
  }
}
