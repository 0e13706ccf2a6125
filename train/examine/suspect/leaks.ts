import { mixed } from '../../../data/text-key.js';
import { auroc } from '../../../metrics/ranking/auroc.js';
import { aurocWithin } from '../../../metrics/ranking/auroc-within.js';
import { LEAK, type Leak, type LeakSource } from '../../../report/suspects.js';
import { append } from '../../../support/append.js';
import { pick } from '../../../support/pick.js';
import type { TrainingData } from '../../prepare/training-data.js';

/**
 * The fewest right and the fewest wrong answers for an alarm. With 20 of each, the AUROC of an uninformative signal has
 * a standard deviation of .092 (Mann–Whitney), so a thousand such signals raise a false alarm in about one of 900 runs.
 */
const FEWEST = 20;
/**
 * The most rows that are examined, so that it takes about a second at any size. An AUROC near .95 is then known to
 * .004.
 */
const MOST_ROWS = 5000;

/**
 * Signals that alone separate right from wrong answers suspiciously well: AUROC > .95 or < .05 over the rows that have
 * them, overall or within (model, task). It examines `text.*` (form that reveals how the set was made), `features.*`
 * numbers and categories (a label column among the user's own), `verifiers.*` and stated confidence (a judge that saw
 * the reference, or a good one); their values and whether they were recorded. The furthest from .5 come first. Only fit
 * rows may be given.
 */
export function leaks(data: TrainingData, rows: Int32Array): Leak[] {
  const found: Leak[] = [];
  for (const full of data.signals.names) {
    const name = full.replace(/@\d+$/, '');
    const kind = kindOf(name);
    if (kind === null || /\.(log|logit)$/.test(name)) continue;
    const column = data.signals.columns.get(full) as Float64Array;
    append(found, alarms({ data, rows, signal: name, kind, column, isRecorded: (row) => !Number.isNaN(column[row]) }));
  }
  for (const [name, values] of data.signals.categories) {
    if (!name.startsWith('features.')) continue;
    const having = rows.filter((row) => values[row] !== null);
    const shares = rates(data, thinned(data, having), values);
    append(
      found,
      alarms({ data, rows, signal: name, kind: 'feature', column: shares, isRecorded: (row) => values[row] !== null }),
    );
  }
  return found.sort((a, b) => distance(b) - distance(a));
}

/** Wrong equations are not a matter of form: they are wrong answers that calculation detects. */
const CHECKED = /quations$/;

function kindOf(name: string): LeakSource | null {
  if (CHECKED.test(name)) return null;
  if (name.startsWith('text.')) return 'text';
  if (name.startsWith('features.')) return 'feature';
  return name === 'stated' || name.startsWith('verifiers.') ? 'verifier' : null;
}

interface AlarmOptions {
  data: TrainingData;
  rows: Int32Array;
  signal: string;
  kind: LeakSource;
  column: Float64Array;
  isRecorded: (row: number) => boolean;
}

function alarms({ data, rows, signal, kind, column, isRecorded }: AlarmOptions): Leak[] {
  const having = rows.filter((row) => !Number.isNaN(column[row]));
  const value = alone(data, thinned(data, having), (row) => column[row]);
  const recorded = rows.every(isRecorded) ? null : alone(data, thinned(data, rows), (row) => Number(isRecorded(row)));
  const found: Leak[] = [];
  if (value !== null) found.push({ signal, kind, by: 'value', ...value });
  if (recorded !== null) found.push({ signal, kind, by: 'recorded', ...recorded });
  return found;
}

/**
 * Some of the rows, in whole questions, at most as many as are examined. They are drawn from the rows that have the
 * signal, which may be few.
 */
function thinned(data: TrainingData, rows: Int32Array): Int32Array {
  const step = Math.max(1, Math.ceil(rows.length / MOST_ROWS));
  return rows.filter((row) => data.group[row] % step === 0);
}

/** The AUROCs of one column over `rows` if they raise the alarm; null if they do not, or if there are too few rows. */
function alone(
  data: TrainingData,
  rows: Int32Array,
  of: (row: number) => number,
): Pick<Leak, 'auroc' | 'aurocWithin' | 'isCopy'> | null {
  if (!canTell(data, rows)) return null;
  const inSlices = rowsOfSlices(data, rows);
  const area = auroc(Float64Array.from(rows, of), pick(data.y, rows), pick(data.w, rows));
  const within = aurocWithin(
    Float64Array.from(inSlices, of),
    pick(data.y, inSlices),
    inSlices.map((row) => data.slice[row]),
    pick(data.w, inSlices),
  );
  if (!isBeyond(area) && !isBeyond(within)) return null;
  const isCopy = (area === 1 || area === 0) && new Set(Array.from(rows, of)).size === 2;
  return { auroc: area, aurocWithin: Number.isFinite(within) ? within : null, isCopy };
}

function canTell(data: TrainingData, rows: ArrayLike<number>): boolean {
  let right = 0;
  for (let i = 0; i < rows.length; i++) right += data.y[rows[i]];
  return Math.min(right, rows.length - right) >= FEWEST;
}

/** The rows of those (model, task) slices that have enough rows by themselves. */
function rowsOfSlices(data: TrainingData, rows: Int32Array): Int32Array {
  const slices = new Map<number, number[]>();
  for (const row of rows) {
    const slice = slices.get(data.slice[row]);
    if (slice === undefined) slices.set(data.slice[row], [row]);
    else slice.push(row);
  }
  return Int32Array.from([...slices.values()].filter((members) => canTell(data, members)).flat());
}

function isBeyond(area: number): boolean {
  return area > LEAK || area < 1 - LEAK;
}

function distance({ auroc: area, aurocWithin: within }: Leak): number {
  return Math.max(Math.abs(area - 0.5), Math.abs((within ?? 0.5) - 0.5));
}

/**
 * Share of right answers for each category, from the other half of the questions, so that a rare category does not
 * reveal its own label.
 */
function rates(data: TrainingData, rows: Int32Array, values: (string | null)[]): Float64Array {
  const sums = [0, 1].map(() => new Map<string, { right: number; weight: number }>());
  for (const row of rows) {
    const value = values[row];
    if (value === null) continue;
    const half = sums[mixed(data.group[row]) & 1];
    const sum = half.get(value) ?? { right: 0, weight: 0 };
    sum.right += data.w[row] * data.y[row];
    sum.weight += data.w[row];
    half.set(value, sum);
  }
  const column = new Float64Array(data.n).fill(Number.NaN);
  for (const row of rows) {
    const value = values[row];
    const other = value === null ? undefined : sums[1 - (mixed(data.group[row]) & 1)].get(value);
    if (other !== undefined) column[row] = other.right / other.weight;
  }
  return column;
}
