import { PackedTokens } from '../../data/packed-tokens.js';
import type { TokenList } from '../../data/token-list.js';
import { Flag } from '../words/flags.js';
import { Gist } from '../words/gist.js';
import { scanWords } from '../words/scan.js';
import type { WordMap } from '../words/word-map.js';
import { Words } from '../words/words.js';
import type { TokenTable } from './token-table.js';
import { addUp, copyTotals, newTotals } from './totals.js';

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
  #kinds = new Uint8Array(64);
  #inPrompt = new Uint8Array(64);
  readonly #own = new Words();
  readonly #ownGist = new Gist();

  load(
    table: TokenTable,
    tokens: TokenList,
    answer: string,
    answerWords: Words,
    answerGist: Gist,
    inPrompt: Uint8Array,
    prompt: WordMap,
  ): void {
    if (this.#isKey.length < table.n) {
      this.#isKey = new Uint8Array(table.n * 2);
      this.#isFresh = new Uint8Array(table.n * 2);
    }
    // told by length: a tokenizer's sign for a space is as long as the space, and the words need no second scan
    const spelled = table.ends[table.count - 1] === answer.length;
    const words = spelled ? answerWords : this.#scan(tokens, table.count);
    const kinds = this.#kindsOf(words, spelled ? inPrompt : this.#foundIn(prompt, words));
    this.#mark(table, words, (spelled ? answerGist : this.#ownGist).at, kinds);
    addUp(table, this.#isKey, this.#isFresh, this.key, this.fresh);
    this.keys = this.key.n;
    this.freshes = this.fresh.n;
    const first = this.freshes > 0 ? this.#isFresh : this.#isKey;
    this.first = this.keys > 0 ? first.indexOf(1) : 0;
    if (this.keys === 0) copyTotals(table.totals, this.key);
    if (this.freshes === 0) copyTotals(this.key, this.fresh);
  }

  /** Whether the token at a place of the table is informative, and whether it is fresh. */
  isKey(place: number): boolean {
    return this.#isKey[place] === 1;
  }

  isFresh(place: number): boolean {
    return this.#isFresh[place] === 1;
  }

  /** Marks the tokens that share a letter with a key word, and with a fresh one; finds those of the word `at`. */
  #mark({ n, count: tokens, place, ends }: TokenTable, words: Words, at: number, kinds: Uint8Array): void {
    const isKey = this.#isKey;
    const isFresh = this.#isFresh;
    const { n: many, from: begins, to: closes } = words;
    const from = at < 0 ? 0 : begins[at];
    const to = at < 0 ? 0 : closes[at];
    let decisive = 0;
    let decided = 0;
    let offset = 0;
    let w = 0;
    let row = 0;
    for (let i = 0; i < tokens; i++) {
      const end = ends[i];
      let kind = 0;
      while (w < many && closes[w] <= offset) w++;
      for (let v = w; v < many && begins[v] < end; v++) kind |= kinds[v];
      const isDecisive = offset < to && end > from;
      offset = end;
      if (row >= n || place[row] !== i) continue;
      isKey[row] = kind & 1;
      isFresh[row] = kind >> 1;
      row++;
      if (!isDecisive) continue;
      if (decided === 0) decisive = row - 1;
      decided = row;
    }
    this.decisive = decisive;
    this.decided = decided;
  }

  /** Of each word: 0 for a function word, 1 for a content word of the prompt, 3 for one it doesn't hold. */
  #kindsOf({ n, flags }: Words, inPrompt: Uint8Array): Uint8Array {
    if (this.#kinds.length < n) this.#kinds = new Uint8Array(n * 2);
    const kinds = this.#kinds;
    for (let w = 0; w < n; w++) kinds[w] = (flags[w] & Flag.STOP) !== 0 ? 0 : 3 - 2 * inPrompt[w];
    return kinds;
  }

  #foundIn(prompt: WordMap, { n, ids }: Words): Uint8Array {
    if (this.#inPrompt.length < n) this.#inPrompt = new Uint8Array(n * 2);
    for (let w = 0; w < n; w++) this.#inPrompt[w] = prompt.has(ids[w]) ? 1 : 0;
    return this.#inPrompt;
  }

  /** The tokens' own text where it differs from the answer; tokenizer signs for space and line end become those. */
  #scan(tokens: TokenList, count: number): Words {
    const raw = tokens instanceof PackedTokens ? tokens.text(count) : joined(tokens, count);
    const text = raw.replaceAll(/[\u0120\u2581]/g, ' ').replaceAll('\u010a', '\n');
    this.#own.clear();
    scanWords(text, this.#own);
    this.#ownGist.load(this.#own, text);
    return this.#own;
  }
}

function joined(tokens: TokenList, count: number): string {
  let text = '';
  let i = 0;
  for (const { token } of tokens) {
    if (i++ === count) break;
    text += token;
  }
  return text;
}
