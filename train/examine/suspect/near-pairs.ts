import { mixed } from '../../../data/text-key.js';
import { CONTEXT_BINS, HASHES, MARKS, PROMPT_BINS, SKETCH } from './fingerprint.js';
import type { Prints } from './prints.js';
import { densified, likeness } from './sketch.js';
import { templatesOf } from './templates.js';

/**
 * The Jaccard similarity from which two questions are near-duplicates, and the fewest shingles to compare: 4 of 5
 * equal.
 */
const NEAR = 0.8;
const FEWEST_BINS = 5;
/**
 * Bins of a band. Questions are compared if they agree in a whole band; with 12 bands of 4 at J = .8, this happens in
 * 99.8% of cases.
 */
const BAND = 4;
/** Questions of a bucket with which others are compared. This keeps the time linear even if hundreds share a band. */
const LEADERS = 8;

export interface NearPair {
  /** Row numbers. */
  a: number;
  b: number;
  likeness: number;
}

/**
 * Pairs of different questions among `questions` (one row for each) that are nearly the same: they have the same words
 * in the same order except for case, accents and punctuation; or word shingles with J ≥ .8 without templates, the same
 * numbers and the same names. In both cases, their contexts must have J ≥ .8 if there are any. So numbers and names
 * decide: "6 times 2" and "6 times 3" are two questions. Each question is paired with one that is similar, not with
 * all. Near-linear. Source: banding, Leskovec, Rajaraman & Ullman, "Mining of Massive Datasets", sec. 3.4.
 */
export function nearPairs({ marks, sketch, hashes }: Prints, questions: number[]): NearPair[] {
  const isTemplate = templatesOf(sketch, questions);
  const prompt = (row: number) => sketch.subarray(row * SKETCH, row * SKETCH + PROMPT_BINS);
  const context = (row: number) => sketch.subarray(row * SKETCH + PROMPT_BINS, (row + 1) * SKETCH);
  const isSame = (a: number, b: number, mark: number) => marks[a * MARKS + mark] === marks[b * MARKS + mark];
  const likenessOf = (a: number, b: number): number => {
    if (hashes[a * HASHES + 2] === hashes[b * HASHES + 2]) return 1;
    if (!isSame(a, b, 1)) return 0;
    const sameWords = isSame(a, b, 0);
    if (!sameWords && !isSame(a, b, 2)) return 0;
    const beside = likeness(context(a), context(b), CONTEXT_BINS);
    if (beside < NEAR) return 0;
    return sameWords ? 1 : likeness(prompt(a), prompt(b), PROMPT_BINS, isTemplate, FEWEST_BINS);
  };
  const pairs: NearPair[] = [];
  const meet = (buckets: Map<number, number[]>, key: number, row: number) => {
    const leaders = buckets.get(key);
    if (leaders === undefined) {
      buckets.set(key, [row]);
      return;
    }
    for (const leader of leaders) {
      const near = likenessOf(leader, row);
      if (near >= NEAR) {
        pairs.push({ a: leader, b: row, likeness: near });
        return;
      }
    }
    if (leaders.length < LEADERS) leaders.push(row);
  };
  const sameWords = new Map<number, number[]>();
  for (const row of questions) meet(sameWords, marks[row * MARKS], row);
  const looks = new Int8Array(questions.length * PROMPT_BINS); // one array, because there may be a million questions
  const lookOf = (q: number) => looks.subarray(q * PROMPT_BINS, (q + 1) * PROMPT_BINS);
  questions.forEach((row, q) => {
    densified(prompt(row), PROMPT_BINS, lookOf(q));
  });
  for (let first = 0; first < PROMPT_BINS; first += BAND) {
    const buckets = new Map<number, number[]>();
    questions.forEach((row, q) => {
      const key = bandKey(row, lookOf(q), first);
      if (key !== null) meet(buckets, key, row);
    });
  }
  return pairs;

  /** A hash of a band with the numbers and names of the prompt; null if it contains only templates. */
  function bandKey(row: number, look: Int8Array, first: number): number | null {
    if (look[first] < 0) return null;
    let bytes = 0;
    let own = 0;
    for (let j = first; j < first + BAND; j++) {
      const value = sketch[row * SKETCH + look[j]];
      if (!isTemplate(look[j], value)) own++;
      bytes = (bytes << 8) | value;
    }
    if (own === 0) return null;
    const decisive = mixed(marks[row * MARKS + 1] ^ mixed(marks[row * MARKS + 2]));
    return (bytes >>> 0) * 0x200000 + (decisive >>> 11);
  }
}
