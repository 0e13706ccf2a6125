import { fullEceMetric } from '../../metrics/calibration/full-ece.js';
import { bootstrap } from '../../metrics/interval/bootstrap.js';
import type { ReportData } from '../../report/results.js';
import type { Random } from '../../support/random.js';
import type { OptionPairs, TrainingData } from '../prepare/training-data.js';

/**
 * How far the models' own recorded distributions over options are from the truth, on `rows`; null if none is recorded.
 */
export function choiceMetrics(
  data: TrainingData,
  rows: Int32Array,
  resamples: number,
  random: Random,
): ReportData['test']['choices'] | null {
  const pairs = data.choices;
  if (pairs === undefined) return null;
  const wanted = new Set(rows);
  const at = Int32Array.from(pairs.row.keys()).filter((k) => wanted.has(pairs.row[k]));
  if (at.length === 0) return null;
  const answer = at.map((k) => pairs.row[k]);
  const scored = {
    ...pick(pairs, at),
    weight: Float64Array.from(answer, (row) => data.w[row]),
    group: answer.map((row) => data.group[row]),
    slice: answer,
  };
  const { fullEce } = bootstrap([fullEceMetric], scored, random, { resamples });
  return { answers: new Set(answer).size, options: at.length, fullEce };
}

function pick({ probability, right }: OptionPairs, at: Int32Array) {
  return {
    probability: Float64Array.from(at, (k) => probability[k]),
    label: Float64Array.from(at, (k) => right[k]),
  };
}
