import type { Suspects } from '../../../report/suspects.js';
import type { FitAndCertify } from '../../prepare/fit-and-certify.js';
import type { TrainingData } from '../../prepare/training-data.js';
import { confidentRows } from './confident.js';
import { gradedTwice } from './graded-twice.js';
import { leaks } from './leaks.js';
import { nearQuestions } from './near-questions.js';
import { conflicts, duplicates } from './same-answer.js';

/** Examples that the report lists of each kind. */
const LISTED = 50;
/** Sets of duplicates and of conflicts listed, and rows named of each. */
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
 * All that looks doubtful in the data of a run. `outOfFold` are the calibrated out-of-fold probabilities of the fit rows,
 * `shipped` the probabilities of the certify rows; `found` the leaks, where they are known; the alarm for leaks sees the fit rows only. `fold`: of each certify row, where all rows train and judge. It drops and changes nothing.
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

/** Some rows of a set, both labels among them. */
function bothLabels(rows: number[], y: Float64Array): number[] {
  const other = rows.find((row) => y[row] !== y[rows[0]]) as number;
  return [rows[0], other, ...rows.filter((row) => row !== rows[0] && row !== other)].slice(0, NAMED);
}
