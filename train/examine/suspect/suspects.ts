import type { Suspects } from '../../../report/suspects.js';
import type { FitAndCertify } from '../../prepare/fit-and-certify.js';
import type { TrainingData } from '../../prepare/training-data.js';
import { confidentRows } from './confident.js';
import { gradedTwice } from './graded-twice.js';
import { leaks } from './leaks.js';
import { nearQuestions } from './near-questions.js';
import { conflicts, duplicates } from './same-answer.js';

/** The number of examples of each kind that the report lists. */
const LISTED = 50;
/** The number of sets of duplicates and of conflicts that are listed, and of rows that are named in each. */
const SETS = 20;
const NAMED = 5;

interface SuspectsOptions {
  data: TrainingData;
  parts: FitAndCertify;
  outOfFold: Float64Array;
  shipped: Float64Array;
  found?: Suspects['leaks'];
  fold?: Int32Array;
}

/**
 * Everything in the data of a run that looks doubtful. `outOfFold` are the calibrated out-of-fold probabilities of the
 * fit rows, `shipped` the probabilities of the certify rows. `found`: the leaks, if they are known already; the check
 * for leaks uses the fit rows only. `fold`: the fold of each certify row, if all rows train and judge. This drops and
 * changes nothing.
 */
export function suspectsOf({
  data,
  parts: { fit, certify },
  outOfFold,
  shipped,
  found = leaks(data, fit),
  fold,
}: SuspectsOptions): Suspects {
  const part = new Int32Array(data.n);
  certify.forEach((row, i) => {
    part[row] = 1 + (fold?.[i] ?? 0);
  });
  const same = duplicates(data.prints, data.group, SETS);
  const conflict = conflicts(data.prints, data.y, SETS);
  const near = nearQuestions(data.prints, data.group, (row) => part[row], LISTED);
  const { denied, ...sure } = confidentRows(fit, outOfFold, data.y, LISTED);
  const id = (row: number) => data.ids[row];
  const finite = (x: number) => (Number.isFinite(x) ? x : null);
  return {
    answers: data.n,
    duplicates: { ...same, examples: same.examples.map((rows) => rows.slice(0, NAMED).map(id)) },
    conflicts: {
      ...conflict,
      examples: conflict.examples.map((rows) =>
        bothLabels(rows, data.y).map((row) => ({ id: id(row), label: data.y[row] })),
      ),
    },
    near: { ...near, pairs: near.pairs.map(({ a, b, likeness }) => ({ a: id(a), b: id(b), likeness })) },
    denied: {
      ...sure,
      sureRight: finite(sure.sureRight),
      sureWrong: finite(sure.sureWrong),
      examples: denied.map(({ row, probability, label }) => ({ id: id(row), probability, label })),
    },
    leaks: found,
    gradedTwice: gradedTwice(data, certify, shipped),
  };
}

/** Some rows of a set, with both labels among them. */
function bothLabels(rows: number[], y: Float64Array): number[] {
  const other = rows.find((row) => y[row] !== y[rows[0]]) as number;
  return [rows[0], other, ...rows.filter((row) => row !== rows[0] && row !== other)].slice(0, NAMED);
}
