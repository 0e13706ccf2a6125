import { compare, newAgreement } from '../../../data/label/agreement.js';
import { equalMassBins } from '../../../metrics/calibration/bins.js';
import { ppiMean } from '../../../metrics/interval/ppi.js';
import type { GradedTwice } from '../../../report/suspects.js';
import { pick } from '../../../support/pick.js';
import { placesBy } from '../../prepare/places.js';
import type { TrainingData } from '../../prepare/training-data.js';
import { threeWays } from './three-ways.js';

/** The fewest human-checked questions for an interval, overall and in each slice or bin. */
const FEWEST = 20;
/** Bins of the reliability table. There are few, so that a small checked part fills them. */
const BINS = 5;
/**
 * If the automatic shares of checked and unchecked rows differ by this many standard errors, the checked rows are
 * probably not a random sample.
 */
const ODD = 3;

/**
 * What a small human-checked part shows next to many automatic grades: the errors of the grader, and accuracy and
 * calibration estimated from both, with intervals that account for it. It is valid if the checked rows are a random
 * part of all. Null if fewer than 20 questions have both grades, or none has the automatic grade alone. `probability`
 * has one value per certify row.
 */
export function gradedTwice(data: TrainingData, certify: Int32Array, probability: Float64Array): GradedTwice | null {
  const all = Int32Array.from({ length: data.n }, (_, row) => row);
  const twice = all.filter((row) => isTwice(data, row));
  const once = all.filter((row) => !data.human[row] && !Number.isNaN(data.automatic[row]));
  if (!isEnough(data, all) || once.length === 0) return null;
  const agreement = newAgreement();
  for (const row of twice) compare(agreement, data.automatic[row], data.y[row]);
  const checked = automaticMean(data, twice);
  const unchecked = automaticMean(data, once);
  const apart = Math.abs(checked.value - unchecked.value);
  const slices = [['all answers', all] as const, ...by(data.model), ...by(data.task)];
  const place = new Map(Array.from(certify, (row, i) => [row, i]));
  const probabilityOf = (row: number) => probability[place.get(row) as number];
  const bin = equalMassBins(probability, pick(data.w, certify), BINS);
  const bins = Array.from({ length: BINS }, (_, b) => certify.filter((_row, i) => bin[i] === b));
  return {
    agreement,
    automaticChecked: checked.value,
    automaticUnchecked: unchecked.value,
    isSelective: apart > ODD * Math.hypot(checked.error, unchecked.error),
    accuracy: slices.filter(([, rows]) => isEnough(data, rows)).map(([name, rows]) => threeWays(data, name, rows)),
    gap: isEnough(data, certify) ? threeWays(data, 'probability − label', certify, probabilityOf) : null,
    bins: bins
      .filter((rows) => isEnough(data, rows))
      .map((rows) => {
        const predicted = rows.reduce((sum, row) => sum + probabilityOf(row), 0) / rows.length;
        return { predicted, ...threeWays(data, 'bin', rows) };
      }),
  };

  /** Rows by a name, if there is more than one name; the largest first. */
  function by(names: string[]): [string, Int32Array][] {
    const known = [...placesBy(all, (row) => names[row])].filter(([name]) => name !== '');
    return known.length < 2 ? [] : known;
  }
}

function isTwice(data: TrainingData, row: number): boolean {
  return data.human[row] && !Number.isNaN(data.automatic[row]);
}

/** Whether enough questions among the rows have both grades. */
function isEnough(data: TrainingData, rows: Int32Array): boolean {
  const groups = new Set<number>();
  for (const row of rows) if (isTwice(data, row)) groups.add(data.group[row]);
  return groups.size >= FEWEST;
}

/** Share of right answers by the automatic grader over some rows, with its standard error by question. */
function automaticMean(data: TrainingData, rows: Int32Array): { value: number; error: number } {
  const automatic = pick(data.automatic, rows);
  const group = rows.map((row) => data.group[row]);
  const { mean, error } = ppiMean({ human: automatic, automatic, weight: pick(data.w, rows), group }, { level: 0.95 });
  return { value: mean.value as number, error };
}
