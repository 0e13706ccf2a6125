import { Flag } from '../words/flags.js';
import { WordMap } from '../words/word-map.js';
import { twice, type Words } from '../words/words.js';

/** Maximal number of texts that are compared: the answer and the first 32 samples. */
export const MOST_TEXTS = 33;

/**
 * How much a word shows about which answer is meant, from most to least: fresh names and numbers (the prompt does not
 * contain them), other fresh content words, content words of the prompt, function words.
 */
export const Tier = { NAME: 0, FRESH: 1, CONTENT: 2, REST: 3 } as const;
export const TIERS = 4;

/** Which part of each of two texts is compared. The head of a text is its first sentence. */
export const Part = { WHOLE: 0, HEADS: 1, WHOLE_HEAD: 2, HEAD_WHOLE: 3 } as const;
const PARTS = 4;

/**
 * The words of the answer (text 0) and of the samples, and how many each pair of texts shares. Each text is the list of
 * its distinct words, ordered by tier. A word that is a name in one text counts as a name in all, so "tokyo" and
 * "Tokyo" are compared alike. The head of a text is its first sentence of at least eight words: long answers give the
 * result there and explain it later. Cost: words of all texts + pairs of texts × words of one.
 */
export class Crowd {
  /** Number of texts: the answer and the samples. 0 where there is no sample. */
  n = 0;
  /** Number of samples that contain the word. */
  support = new Int32Array(256);
  /** Whether the answer contains the word: 1 or 0. */
  inAnswer = new Int32Array(256);
  /** Distinct words of text i: `words[begin[i]]` up to `words[begin[i + 1]]`. */
  words = new Int32Array(256);
  readonly begin = new Int32Array(MOST_TEXTS + 1);
  /** Tier of each word in the text that was added last, as this text alone shows it. */
  tiers = new Int32Array(64);
  readonly #map = new WordMap();
  /** The samples that contain the word: bit i − 1 is sample i. */
  #holders = new Int32Array(256);
  #tier = new Int32Array(256);
  #stamp = new Int32Array(256);
  #headStamp = new Int32Array(256);
  #inHead = new Int32Array(256);
  #turn = 0;
  /** At [(i · 2 + head) · TIERS + tier]. */
  readonly #sizes = new Int32Array(MOST_TEXTS * 2 * TIERS);
  /** At [((i · MOST_TEXTS + j) · PARTS + part) · TIERS + tier], i < j. */
  readonly #shared = new Int32Array(MOST_TEXTS * MOST_TEXTS * PARTS * TIERS);

  clear(): void {
    this.n = 0;
    this.#map.clear();
  }

  /**
   * Adds a text; the answer comes first. `ids` are the hashes of its words, or of their stems; `prompt` uses the same.
   */
  add(words: Words, ids: Int32Array, prompt: WordMap): void {
    const turn = ++this.#turn;
    const head = headOf(words);
    const short = words.n <= 4;
    let used = this.begin[this.n];
    while (this.tiers.length < words.n) this.tiers = twice(this.tiers);
    for (let w = 0; w < words.n; w++) {
      const word = this.#number(ids[w]);
      const tier = tierOf(words.flags[w], short, ids[w], prompt);
      this.tiers[w] = tier;
      if (tier < this.#tier[word]) this.#tier[word] = tier;
      if (this.#stamp[word] === turn) continue;
      this.#stamp[word] = turn;
      if (this.n > 0) {
        this.support[word]++;
        this.#holders[word] |= 1 << (this.n - 1);
      } else this.inAnswer[word] = 1;
      if (used === this.words.length) {
        this.words = twice(this.words);
        this.#inHead = twice(this.#inHead);
      }
      this.#inHead[used] = w < head ? 1 : 0;
      this.words[used++] = word;
    }
    this.begin[++this.n] = used;
  }

  /** Call it when all texts are added: it sorts the words by tier and counts the words that each pair shares. */
  compare(): void {
    for (let i = 0; i < this.n; i++) this.#order(i);
    for (let i = 0; i < this.n; i++) {
      const turn = ++this.#turn;
      for (let w = this.begin[i]; w < this.begin[i + 1]; w++) {
        this.#stamp[this.words[w]] = turn;
        if (this.#inHead[w] === 1) this.#headStamp[this.words[w]] = turn;
      }
      for (let j = i + 1; j < this.n; j++) this.#count(i, j, turn);
    }
  }

  /** Whether text i contains the word of this id. */
  has(i: number, id: number): boolean {
    const word = this.#map.get(id);
    if (word < 0) return false;
    return i === 0 ? this.inAnswer[word] === 1 : ((this.#holders[word] >>> (i - 1)) & 1) === 1;
  }

  /** Number of distinct words of a text (or of its head) down to a tier. */
  size(i: number, tier: number, head = false): number {
    return this.#sizes[(i * 2 + (head ? 1 : 0)) * TIERS + tier];
  }

  /** Number of distinct words that two texts share, down to a tier. */
  shared(i: number, j: number, tier: number, part: number = Part.WHOLE): number {
    if (i === j) return this.size(i, tier, part === Part.HEADS);
    if (i < j) return this.#shared[((i * MOST_TEXTS + j) * PARTS + part) * TIERS + tier];
    const turned = part === Part.WHOLE_HEAD ? Part.HEAD_WHOLE : part === Part.HEAD_WHOLE ? Part.WHOLE_HEAD : part;
    return this.#shared[((j * MOST_TEXTS + i) * PARTS + turned) * TIERS + tier];
  }

  #number(id: number): number {
    const known = this.#map.size;
    const word = this.#map.number(id);
    if (word !== known) return word;
    if (word >= this.#tier.length) {
      this.#tier = twice(this.#tier);
      this.support = twice(this.support);
      this.inAnswer = twice(this.inAnswer);
      this.#holders = twice(this.#holders);
      this.#stamp = twice(this.#stamp);
      this.#headStamp = twice(this.#headStamp);
    }
    this.#tier[word] = Tier.REST;
    this.support[word] = this.inAnswer[word] = this.#holders[word] = this.#stamp[word] = this.#headStamp[word] = 0;
    return word;
  }

  /** Sorts the words of a text by tier. */
  #order(i: number): void {
    const words = this.words;
    const inHead = this.#inHead;
    const end = this.begin[i + 1];
    let at = this.begin[i];
    let heads = 0;
    for (let tier = 0; tier < TIERS; tier++) {
      for (let w = at; w < end; w++) {
        const word = words[w];
        if (this.#tier[word] !== tier) continue;
        const head = inHead[w];
        words[w] = words[at];
        inHead[w] = inHead[at];
        words[at] = word;
        inHead[at++] = head;
        heads += head;
      }
      this.#sizes[i * 2 * TIERS + tier] = at - this.begin[i];
      this.#sizes[(i * 2 + 1) * TIERS + tier] = heads;
    }
  }

  #count(i: number, j: number, turn: number): void {
    const base = (i * MOST_TEXTS + j) * PARTS * TIERS;
    const shared = this.#shared;
    let whole = 0;
    let heads = 0;
    let wholeHead = 0;
    let headWhole = 0;
    let w = this.begin[j];
    for (let tier = 0; tier < TIERS; tier++) {
      const end = this.begin[j] + this.#sizes[j * 2 * TIERS + tier];
      for (; w < end; w++) {
        const word = this.words[w];
        if (this.#stamp[word] !== turn) continue;
        const inHead = this.#inHead[w];
        whole++;
        wholeHead += inHead;
        if (this.#headStamp[word] !== turn) continue;
        headWhole++;
        heads += inHead;
      }
      shared[base + tier] = whole;
      shared[base + TIERS + tier] = heads;
      shared[base + 2 * TIERS + tier] = wholeHead;
      shared[base + 3 * TIERS + tier] = headWhole;
    }
  }
}

/** Number of words in the head: the first sentence of at least eight words, or all words of a short text. */
function headOf(words: Words): number {
  if (words.n <= 20) return words.n;
  for (let w = 8; w < words.n; w++) if ((words.flags[w] & Flag.START) !== 0) return w;
  return words.n;
}

function tierOf(flags: number, short: boolean, id: number, prompt: WordMap): number {
  if ((flags & Flag.STOP) !== 0) return Tier.REST;
  if (prompt.has(id)) return Tier.CONTENT;
  if ((flags & Flag.NUMBER) !== 0) return Tier.NAME;
  if ((flags & Flag.NAME) !== 0 && (short || (flags & Flag.START) === 0)) return Tier.NAME;
  return Tier.FRESH;
}
