import { byQuestion, ofSums } from '../../../metrics/raters/by-question.js';
import { dawidSkene } from '../../../metrics/raters/dawid-skene.js';
import { countsOf, type Rated } from '../../../metrics/raters/rated.js';
import { counted } from '../../../metrics/scored.js';
import type { Raters } from '../../../report/raters/raters.js';
import type { Random } from '../../../support/random.js';
import type { TrainingData } from '../../prepare/training-data.js';
import type { Voice } from './voices.js';
import { RIGHT } from './with-people.js';

/** The verdicts of some raters, and the row of each item. */
interface Verdicts extends Rated {
  rows: Int32Array;
}

export function verdictsOf(voices: readonly Voice[]): Verdicts {
  const place = new Map<number, number>();
  for (const { rows } of voices) for (const row of rows) if (!place.has(row)) place.set(row, place.size);
  const all = voices.flatMap(({ rows, said }, rater) =>
    Array.from(rows, (row, i) => ({ item: place.get(row) as number, rater, value: said[i] >= RIGHT ? 1 : 0 })),
  );
  return {
    item: Int32Array.from(all, ({ item }) => item),
    rater: Int32Array.from(all, ({ rater }) => rater),
    value: Int32Array.from(all, ({ value }) => value),
    ...{ items: place.size, raters: voices.length, classes: 2, rows: Int32Array.from(place.keys()) },
  };
}

/** Fleiss' kappa and Krippendorff's alpha of several raters; none unless two of them rated the same answer. */
export function together(
  who: 'people' | 'all',
  voices: readonly Voice[],
  { group }: TrainingData,
  random: Random,
): Raters['together'] {
  const verdicts = verdictsOf(voices);
  const counts = countsOf(verdicts);
  const twice = Array.from(verdicts.rows.keys()).filter((i) => counts[2 * i] + counts[2 * i + 1] > 1);
  if (twice.length === 0) return [];
  const { index, count: groups } = counted(verdicts.rows.map((row) => group[row]));
  const parts = new Float64Array(verdicts.items * WIDTH);
  for (let i = 0; i < verdicts.items; i++) parts.set(partsOf(counts[2 * i], counts[2 * i + 1]), i * WIDTH);
  const by = { width: WIDTH, group: index, groups };
  const estimate = (of: (sums: Float64Array) => number) =>
    byQuestion({ statistic: ofSums(parts, by, of), groups, rows: verdicts.items }, random);
  return [
    {
      ...{ who, raters: voices.length, answers: twice.length },
      fleiss: estimate(fleissOf),
      alpha: estimate(alphaOf),
    },
  ];
}

/**
 * What an item with a wrong and b right verdicts adds: items, agreeing share of pairs, wrong, right, disagreements. Both
 * measures are functions of these sums, so a draw of the bootstrap costs one pass over questions; a test holds them
 * equal to `fleissKappa` and `krippendorffAlpha`.
 */
const WIDTH = 5;

function partsOf(a: number, b: number): number[] {
  const n = a + b;
  return n < 2 ? [0, 0, 0, 0, 0] : [1, (a * (a - 1) + b * (b - 1)) / (n * (n - 1)), a, b, (2 * a * b) / (n - 1)];
}

function fleissOf([items, agreeing, wrong, right]: Float64Array): number {
  const chance = (wrong ** 2 + right ** 2) / (wrong + right) ** 2;
  return (agreeing / items - chance) / (1 - chance);
}

function alphaOf([, , wrong, right, disagreeing]: Float64Array): number {
  return 1 - ((wrong + right - 1) * disagreeing) / (2 * wrong * right);
}

/** Dawid and Skene's model, with what it says of each rater; null for fewer than three raters of the same answers. */
export function modelOf(
  voices: readonly Voice[],
  { y }: TrainingData,
): { model: Raters['model']; right: Map<string, { sensitivity: number; specificity: number }> } {
  const own = voices.filter(({ isDerived }) => !isDerived);
  const verdicts = verdictsOf(own);
  const counts = countsOf(verdicts);
  const isEnough = Array.from(verdicts.rows.keys()).some((i) => counts[2 * i] + counts[2 * i + 1] > 2);
  if (!isEnough) return { model: null, right: new Map() };
  const { posterior, prior, confusion, iterations, converged } = dawidSkene(verdicts);
  const differs = verdicts.rows.filter((row, i) => y[row] >= RIGHT !== posterior[2 * i + 1] >= RIGHT).length;
  return {
    model: { raters: own.length, answers: verdicts.items, right: prior[1], differs, iterations, converged },
    right: new Map(
      own.map(({ name }, rater) => [
        name,
        { specificity: confusion[rater * 4], sensitivity: confusion[rater * 4 + 3] },
      ]),
    ),
  };
}
