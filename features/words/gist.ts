import { Flag } from './flags.js';
import { HASH_SEED, hashStep } from './hash.js';
import { ASCII_KIND, Kind } from './kind.js';
import { Phrase } from './phrase-kinds.js';
import type { Words } from './words.js';

/**
 * The gist of an answer: the parts that can be recognised without understanding it, which are yes or no, an option's
 * letter and a number. Answers are compared by these first, and by their words after that.
 */
export class Gist {
  /** 1 yes or true, 0 no or false, −1 neither. */
  polarity = -1;
  /** 0 for A, 1 for B, … up to J; −1 where the answer names no option. */
  option = -1;
  /** Hash of the last number, 0 where there is none. */
  number = 0;
  /**
   * The index of the decisive word: the option, else the yes or no, else the last number; −1 where there is none of
   * these.
   */
  at = -1;
  /**
   * Hash of all words in order, without articles: equal for answers that differ only in case, punctuation and the like.
   */
  exact = 0;
  refuses = false;

  load(words: Words, text: string): void {
    const yesNo = polarityAt(words, text);
    const letter = optionAt(words, text);
    this.polarity = yesNo < 0 ? -1 : yesNo & 1;
    this.option = letter < 0 ? -1 : optionOf(text.charCodeAt(words.from[letter]));
    this.number = 0;
    let last = -1;
    this.refuses = words.phrases[Phrase.REFUSAL] > 0;
    let exact = HASH_SEED;
    for (let w = 0; w < words.n; w++) {
      if ((words.flags[w] & Flag.NUMBER) !== 0) {
        this.number = words.ids[w];
        last = w;
      }
      if ((words.flags[w] & Flag.ARTICLE) === 0 || words.n === 1) exact = hashStep(exact, words.ids[w]);
    }
    this.exact = exact;
    this.at = letter >= 0 ? letter : yesNo >= 0 ? yesNo >> 1 : last;
  }
}

/** The final answer as one number: its option, its yes or no, its last number, or else a hash of all its words. */
export function finalOf({ option, polarity, number, exact }: Gist): number {
  return option >= 0 ? option : polarity >= 0 ? YES_NO + polarity : number !== 0 ? number : exact;
}

/** Greater than the number of any option. */
const YES_NO = 100;

/**
 * Finds a yes or no with only function words before it: "Yes, …", "It is true that …", "The statement is not correct."
 * Returns 2 w + polarity for the word w, −1 where there is none.
 */
function polarityAt(words: Words, text: string): number {
  let negated = 0;
  for (let w = 0; w < words.n; w++) {
    const flags = words.flags[w];
    if ((flags & (Flag.YES | Flag.NO)) !== 0 && standsAlone(words, w, text)) {
      return 2 * w + (((flags & Flag.YES) !== 0 ? 1 : 0) ^ negated);
    }
    if ((flags & Flag.STOP) === 0) return -1;
    if ((flags & Flag.NEGATION) !== 0) negated = 1;
  }
  return -1;
}

/**
 * Whether a punctuation mark, a function word or nothing follows, unlike in "true love", "no evidence" or "correct
 * answer".
 */
function standsAlone(words: Words, w: number, text: string): boolean {
  if (w + 1 === words.n) return true;
  const code = text.charCodeAt(words.to[w]);
  if (code < 128 && ASCII_KIND[code] !== Kind.SPACE && ASCII_KIND[code] !== Kind.DASH) return true;
  const next = words.flags[w + 1];
  return (next & Flag.START) !== 0 || ((next & Flag.STOP) !== 0 && (next & Flag.FRAME) === 0);
}

/**
 * The index of the last word that is an option's letter: "B", "(b)", "The answer is B", or "B. Paris" at the beginning;
 * −1 for none.
 */
function optionAt(words: Words, text: string): number {
  let found = -1;
  for (let w = 0; w < words.n; w++) {
    const from = words.from[w];
    if (words.to[w] - from !== 1) continue;
    const code = text.charCodeAt(from);
    const option = optionOf(code);
    if (option < 0 || option > 9) continue;
    const upper = code < 97;
    const next = text.charCodeAt(from + 1);
    const closed = next === 41 || next === 93 || next === 125;
    const opened =
      closed &&
      (text.charCodeAt(from - 1) === 40 || text.charCodeAt(from - 1) === 91 || text.charCodeAt(from - 1) === 123);
    const ended =
      Number.isNaN(next) || closed || next === 46 || next === 58 || next === 44 || next === 10 || next === 42;
    if (words.n === 1 || opened) found = w;
    else if (upper && w === 0 && ended) found = w;
    else if (upper && w > 0 && (ended || option > 0) && isFramed(words, w) && code !== 73) found = w;
  }
  return found;
}

/** 0 for A and a, 1 for B and b, …; below 0 or above 25 for other characters. */
function optionOf(code: number): number {
  return (code | 32) - 97;
}

/** Whether "answer", "option" or the like precedes the word, with at most two function words between. */
function isFramed(words: Words, w: number): boolean {
  for (let back = w - 1; back >= 0 && back >= w - 3; back--) {
    if ((words.flags[back] & Flag.FRAME) !== 0) return true;
    if ((words.flags[back] & Flag.STOP) === 0) return false;
  }
  return false;
}
