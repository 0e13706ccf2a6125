import { Ints } from '../../data/group/ints.js';
import { Flag } from '../words/flags.js';
import { foldedHash } from '../words/fold.js';
import { HASH_SEED, hashStep } from '../words/hash.js';
import { ASCII_KIND, Kind } from '../words/kind.js';
import type { Words } from '../words/words.js';
import { type Crowd, MOST_TEXTS, Tier } from './crowd.js';

/** Words that say whether something is right. Saying that it is not wrong counts as saying that it is right. */
const [right, correct, isTrue] = ['right', 'correct', 'true'].map(foldedHash);
const [wrong, incorrect, isFalse, untrue] = ['wrong', 'incorrect', 'false', 'untrue'].map(foldedHash);
const or = foldedHash('or');
/** How many function words may stand between a negation and the word that it negates. */
const REACH = 4;

/** A text, its words, their stems and their tiers. */
interface Text {
  text: string;
  words: Words;
  stems: Int32Array;
  tiers: Int32Array;
}

/** What one text says that its set of words does not show. */
interface Said {
  /** Stems of the words that a negation precedes: `right` in "is not right". */
  negated: Ints;
  /** Numbers that the prompt does not contain. */
  numbers: Ints;
  /** 1 where it says that something is right, 0 where wrong, −1 where neither. */
  verdict: number;
  /** Whether it names alternatives: fresh content words on both sides of an "or". */
  open: boolean;
  /** Its only fresh content word, 0 if there are more or none. */
  sole: number;
  /** The word that the initials of its fresh content words make, if all of them are names: US for United States. */
  initials: number;
}

/**
 * Differences of meaning between texts whose words agree: negation, numbers, and an answer against a list of
 * alternatives. English. Reused for every record.
 */
export class SaidBy {
  readonly #texts: Said[] = [];
  readonly #marks = new Int32Array(MOST_TEXTS);

  /** Reads text i. */
  load(i: number, text: Text): void {
    const said = (this.#texts[i] ??= newSaid());
    const isPlain = this.#readNames(said, text);
    said.negated.clear();
    said.verdict = -1;
    if (!isPlain) this.#readDenials(said, text);
    this.#marks[i] = !isPlain || said.numbers.length > 0 || said.open ? 1 : 0;
  }

  /** Returns whether no word can deny anything. */
  #readNames(said: Said, { words, text, tiers }: Text): boolean {
    let isPlain = true;
    said.numbers.clear();
    said.open = false;
    let fresh = 0;
    let initials = HASH_SEED;
    let names = 0;
    let alternatives = false;
    for (let w = 0; w < words.n; w++) {
      const id = words.ids[w];
      if ((words.flags[w] & Flag.NEGATION) !== 0 || denies(id) || affirms(id)) isPlain = false;
      else if (id === or) alternatives = fresh > 0;
      if (tiers[w] > Tier.FRESH) continue;
      if (alternatives) said.open = true;
      if ((words.flags[w] & Flag.NUMBER) !== 0) said.numbers.push(id);
      else if ((words.flags[w] & Flag.NAME) !== 0) {
        initials = hashStep(initials, text.charCodeAt(words.from[w]) | 32);
        names++;
      }
      said.sole = id;
      fresh++;
    }
    if (fresh !== 1) said.sole = 0;
    said.initials = fresh > 1 && names === fresh ? initials : 0;
    return isPlain;
  }

  #readDenials(said: Said, { words, stems, text }: Text): void {
    let negation = Number.NEGATIVE_INFINITY;
    for (let w = 0; w < words.n; w++) {
      const flags = words.flags[w];
      const id = words.ids[w];
      if ((flags & Flag.START) !== 0) negation = Number.NEGATIVE_INFINITY;
      if ((flags & Flag.NEGATION) !== 0) {
        if (isAside(text, words.to[w])) continue;
        // two negations in a row cancel each other: "not without"
        negation = w - negation <= REACH ? Number.NEGATIVE_INFINITY : w;
        continue;
      }
      const isNegated = w - negation <= REACH;
      const isDenying = denies(id);
      // "the correct answer is" says nothing yet
      const isVerdict = (isDenying || affirms(id)) && !(w + 1 < words.n && (words.flags[w + 1] & Flag.FRAME) !== 0);
      if (isVerdict) said.verdict = isDenying === isNegated ? 1 : 0;
      else if ((flags & Flag.STOP) !== 0) continue;
      else if (isNegated) said.negated.push(stems[w]);
      negation = Number.NEGATIVE_INFINITY;
    }
  }

  /** Whether a text denies or affirms something, has fresh numbers or names alternatives. */
  isMarked(i: number): boolean {
    return this.#marks[i] !== 0;
  }

  /** Whether one of texts i and j denies what the other says. `loose` has the stems of both. */
  areOpposed(i: number, j: number, loose: Crowd): boolean {
    const a = this.#texts[i];
    const b = this.#texts[j];
    if (a.verdict >= 0 && b.verdict >= 0 && a.verdict !== b.verdict) return true;
    return opposes(a, b, j, loose) || opposes(b, a, i, loose);
  }

  /** Whether each of two texts has a fresh number that the other lacks. */
  differInNumbers(i: number, j: number): boolean {
    const a = this.#texts[i].numbers;
    const b = this.#texts[j].numbers;
    return lacksAny(a, b) && lacksAny(b, a);
  }

  /** Whether one text abbreviates the other: "US" for "United States". */
  isAlias(i: number, j: number): boolean {
    const a = this.#texts[i];
    const b = this.#texts[j];
    return (a.sole !== 0 && a.sole === b.initials) || (b.sole !== 0 && b.sole === a.initials);
  }

  /** Whether a text leaves open which of several things it means: "Paris, London or Rome". */
  isOpen(i: number): boolean {
    return this.#texts[i].open;
  }
}

function affirms(id: number): boolean {
  return id === right || id === correct || id === isTrue;
}

function denies(id: number): boolean {
  return id === wrong || id === incorrect || id === isFalse || id === untrue;
}

function newSaid(): Said {
  return { negated: new Ints(8), numbers: new Ints(8), verdict: -1, open: false, sole: 0, initials: 0 };
}

/** Whether a sign follows at once, as in "No, Paris": then the negation is about something that was said before. */
function isAside(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return code < 128 && ASCII_KIND[code] !== Kind.SPACE;
}

function opposes({ negated }: Said, other: Said, at: number, loose: Crowd): boolean {
  for (let k = 0; k < negated.length; k++) {
    const stem = negated.at(k);
    if (loose.has(at, stem) && !other.negated.has(stem)) return true;
  }
  return false;
}

/** Whether a list lacks one of these numbers. */
function lacksAny(numbers: Ints, list: Ints): boolean {
  for (let k = 0; k < numbers.length; k++) if (!list.has(numbers.at(k))) return true;
  return false;
}
