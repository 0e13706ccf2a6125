import type { Estimate } from '../../../metrics/interval/interval.js';
import { type PpiMean, ppiMean, sharePseudo } from '../../../metrics/interval/ppi.js';
import type { ThreeWays } from '../../../report/suspects.js';
import { pick } from '../../../support/pick.js';
import type { TrainingData } from '../../prepare/training-data.js';

const LEVEL = 0.95;

/**
 * Share of right answers over `rows` by both graders, people and the automatic grader; with `probabilityOf`, the mean
 * of probability − label instead. 95% intervals clustered by question. The widths count half a row for each way in
 * which two graders agree or differ (`sharePseudo`).
 */
export function threeWays(
  data: TrainingData,
  name: string,
  rows: Int32Array,
  probabilityOf?: (row: number) => number,
): ThreeWays {
  const of = (label: number, row: number) => (probabilityOf === undefined ? label : probabilityOf(row) - label);
  const usual = probabilityOf === undefined ? 0 : rows.reduce((sum, row) => sum + probabilityOf(row), 0) / rows.length;
  const pseudo = sharePseudo.map(
    (pair) => pair.map((label) => (probabilityOf === undefined ? label : usual - label)) as [number, number],
  );
  const human = Float64Array.from(rows, (row) => (data.human[row] ? of(data.y[row], row) : Number.NaN));
  const automatic = Float64Array.from(rows, (row) => of(data.automatic[row], row));
  const weight = pick(data.w, rows);
  const group = rows.map((row) => data.group[row]);
  const [least, most] = probabilityOf === undefined ? [0, 1] : [-1, 1];
  const inside = (x: number | null) => (x === null ? null : Math.min(most, Math.max(least, x)));
  const estimateOf = ({ mean: { value, low, high } }: PpiMean): Estimate => ({
    value: inside(value),
    low: inside(low),
    high: inside(high),
  });
  const mean = (by: Float64Array, lambda?: number) =>
    ppiMean({ human: by, automatic, weight, group }, { level: LEVEL, lambda, pseudo });
  const both = mean(human);
  return {
    name,
    checked: rows.filter((row) => data.human[row]).length,
    unchecked: rows.filter((row) => !data.human[row] && !Number.isNaN(data.automatic[row])).length,
    both: estimateOf(both),
    human: estimateOf(mean(human, 0)),
    automatic: estimateOf(mean(automatic, 0)),
    lambda: both.lambda,
  };
}
