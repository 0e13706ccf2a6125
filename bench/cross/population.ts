import type { Random } from '../../support/random.js';
import type { TrainingData } from '../../train/data.js';
import { load } from '../../train/load.js';
import { matrixOf } from '../../train/matrix.js';
import { fitLogistic, logitOf, type Table } from './logistic.js';

/** Real rows of signals with a known chance of being right: what is drawn from them can be held against the exact truth. */
export interface Drawable {
  name: string;
  table: Table;
  /** Known chance that the row's answer is right. */
  chance: Float64Array;
  /** Rows of each question. */
  questions: number[][];
}

/** Chance that the answers of a question are right or wrong together and not each on its own. */
const TOGETHER = 0.5;
/** Signals of the plain table, and those of them that the truth also knows by their squares and products. */
const COLUMNS = 10;
const CROSSED = 5;

/** Real answers as a population; `keep` picks answers by model, question and place within it. */
export async function populationOf(
  name: string,
  file: string,
  labels: string | undefined,
  keep: (model: string, question: number, place: number) => boolean,
): Promise<Drawable> {
  const { data } = await load([file], { labels, on: labels === undefined ? undefined : 'id' }, 0, true);
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
  return { name, table, chance, questions: [...questions.values()] };
}

/**
 * Some rows as a plain table of the signals that go most with the label, and the chance fitted to their labels by a logistic
 * regression that also has squares and products: so the recipe under test is a little wrong, as recipes are.
 */
export function truthFor(
  data: TrainingData,
  kept: Int32Array,
): Pick<Drawable, 'table' | 'chance'> & { signals: string[] } {
  const { numeric, schema } = matrixOf(data, Array.from(data.y.keys()));
  const d = schema.numeric.length;
  const y = Float64Array.from(kept, (row) => data.y[row]);
  const found = schema.numeric
    .map((signal, j) => ({ signal, column: standardised(Float64Array.from(kept, (row) => numeric[row * d + j])) }))
    .sort((a, b) => Math.abs(together(b.column, y)) - Math.abs(together(a.column, y)))
    .filter(({ column }, k, all) => all.slice(0, k).every((other) => Math.abs(together(column, other.column)) < 0.9))
    .slice(0, COLUMNS);
  const columns = found.map(({ column }) => column);
  const crossed = columns.slice(0, CROSSED);
  const rich = [...columns, ...crossed.flatMap((a, i) => crossed.slice(i).map((b) => a.map((v, r) => v * b[r] - 1)))];
  const truth = tableOf(rich.map(standardised));
  const beta = fitLogistic(truth, Int32Array.from(kept.keys()), y, 10);
  const chance = Float64Array.from(kept.keys(), (i) => 1 / (1 + Math.exp(-logitOf(truth, i, beta))));
  return { table: tableOf(columns), chance, signals: found.map(({ signal }) => signal) };
}

/** Answers drawn by question, with labels drawn from their known chances. */
export interface Sample {
  /** Rows of the population, in the order of their questions. */
  row: Int32Array;
  label: Float64Array;
  /** Question as drawn (a copy counts for itself), and as in the population (copies go to one fold). */
  group: Int32Array;
  origin: Int32Array;
  groups: number;
}

/** `count` questions without replacement; more than there are: with, and copies get labels of their own. */
export function drawSample(
  { questions, chance }: Pick<Drawable, 'questions' | 'chance'>,
  count: number,
  random: Random,
): Sample {
  const drawn =
    count > questions.length
      ? Array.from({ length: count }, () => random.int(questions.length))
      : [...random.shuffle(questions.map((_, q) => q))].slice(0, count);
  const found: { row: number; label: number; group: number; origin: number }[] = [];
  drawn.forEach((origin, group) => {
    const luck = random.next();
    for (const row of questions[origin]) {
      const u = random.next() < TOGETHER ? luck : random.next();
      found.push({ row, label: u < chance[row] ? 1 : 0, group, origin });
    }
  });
  return {
    row: Int32Array.from(found, ({ row }) => row),
    label: Float64Array.from(found, ({ label }) => label),
    group: Int32Array.from(found, ({ group }) => group),
    origin: Int32Array.from(found, ({ origin }) => origin),
    groups: count,
  };
}

/** Exact weight accepted and wrong in the population at or above a threshold. */
export function truthOf({ chance }: Drawable, probability: Float64Array, threshold: number) {
  let accepted = 0;
  let wrong = 0;
  for (let i = 0; i < chance.length; i++) {
    if (!(probability[i] >= threshold)) continue;
    accepted++;
    wrong += 1 - chance[i];
  }
  return { accepted: accepted / chance.length, wrong: wrong / chance.length };
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

function together(a: Float64Array, b: Float64Array): number {
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
