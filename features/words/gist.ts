import { Flag } from './flags.js';
import { HASH_SEED, hashStep } from './hash.js';
import { ASCII_KIND, Kind } from './kind.js';
import { Phrase } from './phrase-kinds.js';
import type { Words } from './words.js';

/**
 * What an answer comes down to where it has a form that can be told without understanding it: yes or no, an option's letter, a
 * number. −1 or 0 where it has not. Two answers are compared by these before their words are.
 */
export class Gist {
  /** 1 yes or true, 0 no or false, −1 neither. */
  polarity = -1;
  /** 0 for A, 1 for B, … up to J; −1 where no option is named. */
  option = -1;
  /** Hash of the last number, 0 where there is none. */
  number = 0;
  /** The word that decides: that of the option, else of the yes or no, else the last number; −1 where there is none of them. */
  at = -1;
  /** Hash of all words in order, articles left out: equal for answers that are the same but for form. */
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

/** What an answer comes to, as one number: its option, its yes or no, its last number, else all its words. */
export function finalOf({ option, polarity, number, exact }: Gist): number {
  return option >= 0 ? option : polarity >= 0 ? YES_NO + polarity : number !== 0 ? number : exact;
}

/** Beyond the options. */
const YES_NO = 100;

/** "Yes, …", "It is true that …", "The statement is not correct.": a yes or no with only function words before it; 2 w + its polarity. */
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

/** Not "true love", "no evidence" or "correct answer": a sign, a function word or nothing follows. */
function standsAlone(words: Words, w: number, text: string): boolean {
  if (w + 1 === words.n) return true;
  const code = text.charCodeAt(words.to[w]);
  if (code < 128 && ASCII_KIND[code] !== Kind.SPACE && ASCII_KIND[code] !== Kind.DASH) return true;
  const next = words.flags[w + 1];
  return (next & Flag.START) !== 0 || ((next & Flag.STOP) !== 0 && (next & Flag.FRAME) === 0);
}

/** "B", "(b)", "B. Paris", "The answer is B": the word that is the last framed so, else one the answer begins with. */
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

/** A and a 0, B and b 1, …; of other signs below 0 or above 25. */
function optionOf(code: number): number {
  return (code | 32) - 97;
}

/** Preceded by "answer", "option" or the like, with at most two function words between. */
function isFramed(words: Words, w: number): boolean {
  for (let back = w - 1; back >= 0 && back >= w - 3; back--) {
    if ((words.flags[back] & Flag.FRAME) !== 0) return true;
    if ((words.flags[back] & Flag.STOP) === 0) return false;
  }
  return false;
}
