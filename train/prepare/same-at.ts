import { normalise } from '../../data/label/normalise.js';
import type { Logged } from '../../data/token-list.js';
import { MOST_TEXTS } from '../../features/samples/crowd.js';

/** The cosine of two texts, and whether words alone show that they mean the same. */
export interface SurePair {
  cosine: number;
  same: boolean;
}

/** Fewest pairs of each kind from which a threshold is learned. */
const LEAST_PAIRS = 30;

const NEGATION = /\b(?:no|not|never|none|neither|nor|cannot)\b|n['’]t\b/i;
const NUMBER = /\d+(?:[.,]\d+)*/g;
/** Capitalised words. The first word of a text is one only if the text is short, as answers of one name are. */
const NAME = /\p{Lu}[\p{L}\p{M}’'-]+/gu;
const SHORT = 4;

/**
 * Whether words alone decide that two answers mean the same: true if they are equal after normalisation, or if one
 * contains the other, and neither has a negation, an "or" or a further number; false if each has a number that the other
 * lacks, if only one has a negation and their other words are equal, or if both name something and nothing that both
 * name; undefined if words do not decide it.
 */
export function surelySame(a: string, b: string): boolean | undefined {
  const one = normalise(a, ' ');
  const two = normalise(b, ' ');
  if (one === '' || two === '') return undefined;
  if (one === two) return true;
  const numbers = [numbersOf(a), numbersOf(b)];
  if (lacks(numbers[0], numbers[1]) && lacks(numbers[1], numbers[0])) return false;
  const denied = [a, b].map((text) => NEGATION.test(text));
  if (denied[0] !== denied[1]) return bare(one) === bare(two) ? false : undefined;
  const names = [namesOf(a), namesOf(b)];
  if (names.every(({ size }) => size > 0) && ![...names[0]].some((name) => names[1].has(name))) {
    const words = new Set(one.split(' '));
    if (!two.split(' ').some((word) => word.length > 3 && words.has(word))) return false;
  }
  const open = denied[0] || /\bor\b/.test(`${one} ${two}`);
  const isWithin = ` ${one} `.includes(` ${two} `) || ` ${two} `.includes(` ${one} `);
  return isWithin && !open && !lacks(numbers[0], numbers[1]) && !lacks(numbers[1], numbers[0]) ? true : undefined;
}

/**
 * The sure pairs of a record's texts (the answer, then the samples) with their cosines under this encoder; of as many
 * texts as signals compare.
 */
export function surePairs({ answer, samples, similarities }: Logged, encoder: string): SurePair[] {
  const cosines = similarities?.[encoder]?.texts;
  if (answer === null || samples == null || cosines == null) return [];
  const texts = [answer, ...samples.slice(0, MOST_TEXTS - 1).map((sample) => sample.answer)];
  const pairs: SurePair[] = [];
  for (let i = 0; i < texts.length; i++) {
    for (let j = i + 1; j < texts.length; j++) {
      if (texts[i] === texts[j]) continue; // a cosine of 1 teaches nothing
      const same = surelySame(texts[i], texts[j]);
      const cosine = cosines[i]?.[j];
      if (same !== undefined && cosine !== undefined) pairs.push({ cosine, same });
    }
  }
  return pairs;
}

/**
 * The cosine from which two texts mean the same: the one with the greatest balanced accuracy, (share of same pairs at or
 * above it + share of different pairs below it) / 2, half-way between two neighbouring cosines; of equals the middle
 * one. Rounded to six decimals, as cosines are. Undefined with fewer than 30 pairs of either kind, or if no cosine tells
 * them apart better than chance. Cost: sorting the pairs.
 */
export function learnSameAt(pairs: readonly SurePair[]): number | undefined {
  const same = pairs.filter((pair) => pair.same).length;
  const different = pairs.length - same;
  if (same < LEAST_PAIRS || different < LEAST_PAIRS) return undefined;
  const sorted = [...pairs].sort((a, b) => a.cosine - b.cosine);
  let best = Number.NEGATIVE_INFINITY;
  let places: number[] = [];
  let sameBelow = 0;
  let differentBelow = 0;
  sorted.forEach((pair, i) => {
    if (i > 0 && pair.cosine > sorted[i - 1].cosine) {
      const accuracy = (1 - sameBelow / same + differentBelow / different) / 2;
      if (accuracy > best) places = [];
      best = Math.max(best, accuracy);
      if (accuracy === best) places.push((pair.cosine + sorted[i - 1].cosine) / 2);
    }
    if (pair.same) sameBelow++;
    else differentBelow++;
  });
  if (!(best > 0.5)) return undefined;
  return Math.round(places[Math.floor((places.length - 1) / 2)] * 1e6) / 1e6;
}

function numbersOf(text: string): Set<string> {
  return new Set((text.match(NUMBER) ?? []).map((number) => number.replaceAll(',', '')));
}

/** Whether the first set has something that the second one lacks. */
function lacks(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  return [...a].some((each) => !b.has(each));
}

function namesOf(text: string): Set<string> {
  const names = [...text.matchAll(NAME)];
  const isShort = text.trim().split(/\s+/).length <= SHORT;
  return new Set(names.filter(({ index }) => index > 0 || isShort).map(([name]) => name.toLowerCase()));
}

/** The words of a normalised text without negations and forms of "do". */
function bare(text: string): string {
  return text
    .split(' ')
    .filter((word) => !/^(?:no|not|never|none|neither|nor|cannot|do|does|did|t)$|nt$/.test(word))
    .join(' ');
}
