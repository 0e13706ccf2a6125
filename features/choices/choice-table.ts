import type { AnswerRecord } from '../../data/record.js';
import { maxOf } from '../../support/extremes.js';
import type { TextView } from '../text-view.js';
import { foldedHash } from '../words/fold.js';

/** Probabilities below this count as equal. */
export const LEAST = 1e-9;

/** A recorded distribution over fixed options, and which of them the answer chose. */
export interface ChoiceTable {
  /** Number of recorded options. */
  n: number;
  top: number;
  second: number;
  /** Mass of everything but the top option: the other options and the mass that no option has. */
  others: number;
  /** Entropy over the options and one bucket for the remaining mass, in nats. */
  entropy: number;
  /** Alphabetical position of the chosen option: the one that the answer names, or else the top one. */
  chosen: number;
  chosenName: string;
  chosenP: number;
  /** Mass of everything but the chosen option. */
  chosenOthers: number;
  /** Probability of the best option other than the chosen one. */
  rival: number;
}

export function newChoiceTable(): ChoiceTable {
  return {
    n: 0,
    top: NaN,
    second: NaN,
    others: NaN,
    entropy: NaN,
    chosen: NaN,
    chosenName: '',
    chosenP: NaN,
    chosenOthers: NaN,
    rival: NaN,
  };
}

/**
 * Fills the table. The view shows which option the answer names. Numbers whose sum is above 1 are scaled to the sum 1.
 */
export function loadChoices(
  table: ChoiceTable,
  choices: AnswerRecord['choices'],
  view: Pick<TextView, 'answer' | 'gist'>,
): void {
  table.n = 0;
  if (choices == null) return;
  const names = Object.keys(choices).sort();
  if (names.length === 0) return;
  const total = names.reduce((sum, name) => sum + choices[name], 0);
  const scale = total > 1 ? 1 / total : 1;
  const mass = names.map((name) => choices[name] * scale);
  const rest = Math.max(0, 1 - total);
  const best = mass.indexOf(maxOf(mass));
  const named = optionNamed(names, view);
  const chosen = named < 0 ? best : named;
  table.n = names.length;
  table.entropy = mass.reduce((entropy, p) => (p > 0 ? entropy - p * Math.log(p) : entropy), 0);
  if (rest > LEAST) table.entropy -= rest * Math.log(rest);
  table.top = mass[best];
  table.chosen = chosen;
  table.chosenName = names[chosen];
  table.chosenP = mass[chosen];
  table.second = greatestBut(best, mass);
  table.rival = greatestBut(chosen, mass);
  table.others = massBut(best, mass) + rest;
  table.chosenOthers = massBut(chosen, mass) + rest;
}

/** The index of the option that the answer names by its word, its letter, or by yes or no; −1 if it names none. */
function optionNamed(names: string[], { answer, gist }: Pick<TextView, 'answer' | 'gist'>): number {
  for (let i = 0; i < names.length; i++) {
    const name = names[i].trim();
    if (answer.n === 1 && foldedHash(name) === answer.ids[0]) return i;
    if (gist.option >= 0 && name.length === 1 && (name.charCodeAt(0) | 32) - 97 === gist.option) return i;
    const truth = truthOf(name);
    if (gist.polarity >= 0 && truth === gist.polarity) return i;
  }
  return -1;
}

function truthOf(name: string): number {
  const word = name.toLowerCase();
  return word === 'yes' || word === 'true' ? 1 : word === 'no' || word === 'false' ? 0 : -1;
}

function greatestBut(skipped: number, mass: readonly number[]): number {
  return mass.reduce((most, p, i) => (i !== skipped && p > most ? p : most), 0);
}

function massBut(skipped: number, mass: readonly number[]): number {
  return mass.reduce((sum, p, i) => (i === skipped ? sum : sum + p), 0);
}
