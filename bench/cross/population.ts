import type { Random } from '../../support/random.js';
import { load } from '../../train/prepare/load.js';
import { matrixOf } from '../../train/prepare/matrix.js';
import type { TrainingData } from '../../train/prepare/training-data.js';
import type { Population } from '../certify-population.js';
import { fitLogistic, logitOf, type Table } from './logistic.js';

/**
 * Real rows of signals with a known probability of being right, so that results on draws can be compared with the exact
 * truth.
 */
export interface Drawable {
  name: string;
  table: Table;
  /** The known probability that the row's answer is right, and the row's weight. */
  chance: Float64Array;
  weight: Float64Array;
  /** Rows of each question. */
  questions: number[][];
  /** Probability that the answers of a question are right or wrong together instead of independently. */
  together: number;
  /**
   * Initial coefficients of every fit. They are fitted to the known probabilities, so they do not depend on any draw.
   */
  start: Float64Array;
}

/** The same from real answers: the label that each row really has, and its (model, task). */
export interface RealAnswers extends Drawable {
  label: Float64Array;
  cell: string[];
}

/** `together` of real answers. */
export const TOGETHER = 0.5;
/** The number of signals in the table, and of those whose squares and products are also part of the truth. */
const COLUMNS = 10;
const CROSSED = 5;

/**
 * Real answers as a plain table of the signals that go most with the label, and the chance fitted to their labels by a
 * logistic regression that also has squares and products: so the recipe under test is a little wrong, as recipes are.
 */
export async function populationOf(
  name: string,
  file: string,
  labels: string | undefined,
  keep: (model: string, question: number, place: number) => boolean,
): Promise<RealAnswers> {
  const { data } = await load([file], { labels, on: labels === undefined ? undefined : 'id' }, { topK: 0 });
  const place = new Map<number, number>();
  const kept = Int32Array.from(data.y.keys()).filter((row) => {
    const at = place.get(data.group[row]) ?? 0;
    place.set(data.group[row], at + 1);
    return keep(data.model[row], data.group[row], at);
  });
  const questions = new Map<number, number[]>();
  kept.forEach((row, i) => {
    const group = data.group[row];
    questions.set(group, [...(questions.get(group) ?? []), i]);
  });
  const { table, chance } = truthFor(data, kept);
  const y = Float64Array.from(kept, (row) => data.y[row]);
  const known = { name, table, chance, weight: chance.map(() => 1) };
  const cell = Array.from(kept, (row) => data.sliceNames[data.slice[row]]);
  return { ...known, questions: [...questions.values()], together: TOGETHER, start: startOf(known), label: y, cell };
}

/**
 * Some rows as a plain table of the signals that go most with the label, and the chance fitted to their labels by a
 * logistic regression that also has squares and products: so the recipe under test is a little wrong, as recipes are.
 */
export function truthFor(
  data: TrainingData,
  kept: Int32Array,
): Pick<Drawable, 'table' | 'chance'> & { signals: string[] } {
  const { numeric, schema } = matrixOf(data, Int32Array.from(data.y.keys()));
  const d = schema.numeric.length;
  const y = Float64Array.from(kept, (row) => data.y[row]);
  const found = schema.numeric
    .map((signal, j) => ({ signal, column: standardised(Float64Array.from(kept, (row) => numeric[row * d + j])) }))
    .sort((a, b) => Math.abs(correlation(b.column, y)) - Math.abs(correlation(a.column, y)))
    .filter(({ column }, k, all) => all.slice(0, k).every((other) => Math.abs(correlation(column, other.column)) < 0.9))
    .slice(0, COLUMNS);
  const columns = found.map(({ column }) => column);
  const crossed = columns.slice(0, CROSSED);
  const rich = [...columns, ...crossed.flatMap((a, i) => crossed.slice(i).map((b) => a.map((v, r) => v * b[r] - 1)))];
  const truth = tableOf(rich.map(standardised));
  const beta = fitLogistic({ ...truth, label: y, ends: [y.length] }, 10, new Float64Array(truth.d)).beta;
  const chance = Float64Array.from(kept.keys(), (i) => 1 / (1 + Math.exp(-logitOf(truth, i, beta))));
  return { table: tableOf(columns), chance, signals: found.map(({ signal }) => signal) };
}

/**
 * Answers made by bench/certify or by `heavyPopulation`: one signal, the logit that the answer was drawn from; weights
 * as drawn. `harder`: how much lower the true logit of a question with so many answers is, which the signal does not
 * know of.
 */
export function madePopulation(
  name: string,
  { questions }: Population,
  { together, harder }: { together: number; harder: (answers: number) => number },
): Drawable {
  const answers = questions.flatMap((rows) => rows.map((row) => ({ ...row, less: harder(rows.length) })));
  const logit = Float64Array.from(answers, ({ probability }) => Math.log(probability / (1 - probability)));
  const known = {
    name,
    table: tableOf([standardised(logit)]),
    chance: Float64Array.from(answers, ({ less }, i) => 1 / (1 + Math.exp(less - logit[i]))),
    weight: Float64Array.from(answers, ({ weight }) => weight),
  };
  let row = 0;
  const rows = questions.map((question) => question.map(() => row++));
  return { ...known, questions: rows, together, start: startOf(known) };
}

/** Initial coefficients of every fit. */
export function startOf({ table, chance }: Pick<Drawable, 'table' | 'chance'>): Float64Array {
  return fitLogistic({ ...table, label: chance, ends: [chance.length] }, 10, new Float64Array(table.d)).beta;
}

/** Answers drawn by question, with labels drawn from their known chances. */
export interface Sample {
  /** Rows of the population, in the order of their questions. */
  row: Int32Array;
  label: Float64Array;
  weight: Float64Array;
  /** Question as drawn (a copy counts for itself), and as in the population (copies go to one fold). */
  group: Int32Array;
  origin: Int32Array;
  groups: number;
}

/** `count` questions without replacement; more than there are: with, and copies get labels of their own. */
export function drawSample(
  { questions, chance, weight, together }: Omit<Drawable, 'name' | 'table' | 'start'>,
  count: number,
  draw: Random,
): Sample {
  const drawn =
    count > questions.length
      ? Array.from({ length: count }, () => draw.int(questions.length))
      : [...draw.shuffle(questions.map((_, q) => q))].slice(0, count);
  const found: { row: number; label: number; group: number; origin: number }[] = [];
  drawn.forEach((origin, group) => {
    const luck = draw.next();
    for (const row of questions[origin]) {
      const u = draw.next() < together ? luck : draw.next();
      found.push({ row, label: u < chance[row] ? 1 : 0, group, origin });
    }
  });
  return {
    row: Int32Array.from(found, ({ row }) => row),
    label: Float64Array.from(found, ({ label }) => label),
    weight: Float64Array.from(found, ({ row }) => weight[row]),
    group: Int32Array.from(found, ({ group }) => group),
    origin: Int32Array.from(found, ({ origin }) => origin),
    groups: count,
  };
}

function tableOf(columns: Float64Array[]): Table {
  const d = columns.length + 1;
  const n = columns[0].length;
  const x = new Float64Array(n * d).fill(1);
  columns.forEach((column, j) => {
    for (let i = 0; i < n; i++) x[i * d + j + 1] = column[i];
  });
  return { x, d };
}

/** Mean 0 and variance 1, clipped at 4; what is missing is 0. */
function standardised(values: Float64Array): Float64Array {
  const known = values.filter((v) => !Number.isNaN(v));
  const mean = known.reduce((sum, v) => sum + v, 0) / known.length;
  const sd = Math.sqrt(known.reduce((sum, v) => sum + (v - mean) ** 2, 0) / known.length) || 1;
  return values.map((v) => (Number.isNaN(v) ? 0 : Math.min(4, Math.max(-4, (v - mean) / sd))));
}

function correlation(a: Float64Array, b: Float64Array): number {
  const mean = (v: Float64Array) => v.reduce((sum, x) => sum + x, 0) / v.length;
  const [ma, mb] = [mean(a), mean(b)];
  let [ab, aa, bb] = [0, 0, 0];
  for (let i = 0; i < a.length; i++) {
    ab += (a[i] - ma) * (b[i] - mb);
    aa += (a[i] - ma) ** 2;
    bb += (b[i] - mb) ** 2;
  }
  return aa * bb > 0 ? ab / Math.sqrt(aa * bb) : 0;
}
