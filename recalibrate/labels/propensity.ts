import { correctedLogits } from '../../adapt/correction.js';
import { fitCorrection } from '../../adapt/fit-correction.js';
import { logit, sigmoid } from '../../models/numbers.js';
import { addCount, type Counts } from '../../support/counts.js';

/** All answers that were read, labelled or not: what may decide whether users give a label. */
export interface Population {
  ids: string[];
  /** The probability that the version in service gives. */
  probability: number[];
  isAccepted: boolean[];
  model: string[];
  task: string[];
  isLabelled: boolean[];
}

/** Ridge penalties: the level is practically free, each weight is pulled towards 0 by one answer's worth. */
const PULL = { centre: 0, intercept: 0.01, slope: Number.POSITIVE_INFINITY, weights: 1 } as const;
const MOST_LOGIT = 8;
/** Models and tasks with a smaller share of the answers have no term of their own. */
const COMMON = 0.01;

/**
 * The chance that an answer has a label: a logistic regression on the logit of its probability, whether it was accepted,
 * its model and its task, with a small ridge. By id, and at least `least`. It cannot see what else decides who gives
 * feedback, such as whether the answer was right.
 */
export function propensities(population: Population, least: number): { chances: Map<string, number>; clipped: number } {
  const { ids, probability, isAccepted, model, task, isLabelled } = population;
  const names = [model, task].map(commonNames);
  const columns: ((i: number) => number)[] = [
    (i) => Math.max(-MOST_LOGIT, Math.min(MOST_LOGIT, logit(probability[i]))),
    (i) => (isAccepted[i] ? 1 : 0),
    ...names[0].map((name) => (i: number) => (model[i] === name ? 1 : 0)),
    ...names[1].map((name) => (i: number) => (task[i] === name ? 1 : 0)),
  ];
  const n = ids.length;
  const d = columns.length;
  const x = new Float64Array(n * d);
  for (let i = 0; i < n; i++) for (let j = 0; j < d; j++) x[i * d + j] = columns[j](i);
  const data = {
    ...{ z: new Float64Array(n), x, d },
    y: Float64Array.from(isLabelled, Number),
    w: new Float64Array(n).fill(1),
  };
  const rows = Int32Array.from({ length: n }, (_, i) => i);
  const fitted = correctedLogits(fitCorrection(rows, data, PULL), data);
  let clipped = 0;
  const chances = new Map<string, number>();
  ids.forEach((id, i) => {
    const chance = sigmoid(fitted[i]);
    if (isLabelled[i] && chance < least) clipped++;
    chances.set(id, Math.max(least, chance));
  });
  return { chances, clipped };
}

/** The names that have a term; none if all answers have the same name. */
function commonNames(names: readonly string[]): string[] {
  const counts: Counts = new Map();
  for (const name of names) addCount(counts, name);
  return counts.size === 1 ? [] : [...counts].flatMap(([name, n]) => (n >= COMMON * names.length ? name : []));
}
