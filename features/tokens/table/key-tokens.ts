import { PackedTokens } from '../../../data/packed-tokens.js';
import type { TokenList } from '../../../data/token-list.js';
import { Flag } from '../../words/flags.js';
import { Gist } from '../../words/gist.js';
import { scanWords } from '../../words/scan.js';
import type { WordMap } from '../../words/word-map.js';
import { Words } from '../../words/words.js';
import type { TokenTable } from './token-table.js';
import { addUp, copyTotals, newTotals, type Totals } from './totals.js';

/** The answer's text, as the view reads it. */
interface AnswerText {
  answer: string;
  words: Words;
  gist: Gist;
  /** Whether each of the words occurs in the prompt: 1 or 0. */
  inPrompt: Uint8Array;
  /** The words of the prompt. */
  prompt: WordMap;
}

/**
 * Finds the tokens that carry the answer. The key (informative) tokens belong to a content word: a name, a number or
 * another word that is not a function word; punctuation and markup are not key tokens. The fresh tokens are the key
 * tokens whose word the prompt does not contain. Where no token is fresh, the key tokens count; where none is a key
 * token, all tokens, as in "Yes."
 */
export class KeyTokens {
  /** Totals over the key tokens, and over the fresh tokens. */
  readonly key: Totals = newTotals();
  readonly fresh: Totals = newTotals();
  /**
   * The tokens of the decisive word (see gist): from index `decisive` up to `decided` in the table; equal where there
   * is none.
   */
  decisive = 0;
  decided = 0;
  /** Index of the first fresh token in the table, where the actual answer begins. */
  first = 0;
  /** Number of tokens that qualify. */
  keys = 0;
  freshes = 0;
  #isKey = new Uint8Array(64);
  #isFresh = new Uint8Array(64);
  #kinds = new Uint8Array(64);
  #inPrompt = new Uint8Array(64);
  readonly #own = new Words();
  readonly #ownGist = new Gist();

  load(table: TokenTable, tokens: TokenList, { answer, words: answerWords, gist, inPrompt, prompt }: AnswerText): void {
    if (this.#isKey.length < table.n) {
      this.#isKey = new Uint8Array(table.n * 2);
      this.#isFresh = new Uint8Array(table.n * 2);
    }
    // if the tokens spell the answer, its words need no second scan; a tokenizer's sign for a space is as long as a
    // space
    const spelled = table.ends[table.count - 1] === answer.length;
    const words = spelled ? answerWords : this.#scan(tokens, table.count);
    const kinds = this.#kindsOf(words, spelled ? inPrompt : this.#foundIn(prompt, words));
    this.#mark(table, words, (spelled ? gist : this.#ownGist).at, kinds);
    addUp(table, this.#isKey, this.#isFresh, this.key, this.fresh);
    this.keys = this.key.n;
    this.freshes = this.fresh.n;
    const first = this.freshes > 0 ? this.#isFresh : this.#isKey;
    this.first = this.keys > 0 ? first.indexOf(1) : 0;
    if (this.keys === 0) copyTotals(table.totals, this.key);
    if (this.freshes === 0) copyTotals(this.key, this.fresh);
  }

  /** Whether the token at an index of the table is a key token. */
  isKey(place: number): boolean {
    return this.#isKey[place] === 1;
  }

  /** Whether the token at an index of the table is a fresh token. */
  isFresh(place: number): boolean {
    return this.#isFresh[place] === 1;
  }

  /** Marks the tokens that share a letter with a content word, and with a fresh word. Finds the tokens of word `at`. */
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

  /** The kind of each word: 0 for a function word, 1 for a content word of the prompt, 3 for a fresh word. */
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

  /** The words of the tokens' own text. A tokenizer's signs for space and line end are replaced by these. */
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
