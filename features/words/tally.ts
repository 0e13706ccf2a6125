import { Flag } from './flags.js';
import { foldedHash } from './fold.js';
import type { Words } from './words.js';

/** The number of words of each kind in a text. */
export interface Tally {
  numbers: number;
  /** Numbers of four characters that begin with 1 or 2: "1969", but also "2.50" and "10th". */
  years: number;
  names: number;
  negations: number;
  /** Words that rank things. */
  ranks: number;
  /** Function words. */
  stops: number;
  /** The word "of", and question words that do not begin a sentence. */
  links: number;
}

export function newTally(): Tally {
  return { numbers: 0, years: 0, names: 0, negations: 0, ranks: 0, stops: 0, links: 0 };
}

const OF = foldedHash('of');
const KINDS = Flag.NUMBER | Flag.NAME | Flag.NEGATION | Flag.RANK | Flag.STOP | Flag.ASK;

/** Counts the words of a text by kind. */
export function countKinds({ n, ids, flags, from, to }: Words, text: string, tally: Tally): void {
  let numbers = 0;
  let years = 0;
  let names = 0;
  let negations = 0;
  let ranks = 0;
  let stops = 0;
  let links = 0;
  for (let w = 0; w < n; w++) {
    const flag = flags[w];
    if ((flag & KINDS) === 0) continue;
    if ((flag & Flag.NUMBER) !== 0) {
      numbers++;
      if (to[w] - from[w] === 4 && isOneOrTwo(text.charCodeAt(from[w]))) years++;
    }
    if ((flag & Flag.NAME) !== 0) names++;
    if ((flag & Flag.NEGATION) !== 0) negations++;
    if ((flag & Flag.RANK) !== 0) ranks++;
    if ((flag & Flag.STOP) !== 0) stops++;
    if (ids[w] === OF || (flag & (Flag.ASK | Flag.START)) === Flag.ASK) links++;
  }
  tally.numbers = numbers;
  tally.years = years;
  tally.names = names;
  tally.negations = negations;
  tally.ranks = ranks;
  tally.stops = stops;
  tally.links = links;
}

function isOneOrTwo(code: number): boolean {
  return code === 49 || code === 50;
}
