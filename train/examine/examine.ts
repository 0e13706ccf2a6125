import { ece } from '../../metrics/calibration/ece.js';
import { reliability } from '../../metrics/calibration/reliability.js';
import { reliabilityCurve } from '../../metrics/calibration/reliability-curve.js';
import { spiegelhalter } from '../../metrics/calibration/spiegelhalter.js';
import { compare } from '../../metrics/compare.js';
import { mainMetrics, metrics } from '../../metrics/list.js';
import { perfectRange } from '../../metrics/perfect/perfect.js';
import { brier } from '../../metrics/proper/brier.js';
import { logLoss } from '../../metrics/proper/log-loss.js';
import { auroc } from '../../metrics/ranking/auroc.js';
import { aurocWithin } from '../../metrics/ranking/auroc-within.js';
import type { Scored } from '../../metrics/scored.js';
import { oracleRisk, riskBand } from '../../metrics/selective/risk-band.js';
import { riskCoverage } from '../../metrics/selective/risk-coverage.js';
import type { Probabilities } from '../../models/numbers.js';
import type { Metrics, Paired, ReportData, SliceRow, Standing } from '../../report/results.js';
import { pick } from '../../support/pick.js';
import type { Random } from '../../support/random.js';
import { weightedMean } from '../../support/weighted-mean.js';
import type { TrainingData } from '../prepare/training-data.js';
import type { Baseline } from './baselines.js';
import { choiceMetrics } from './choice-metrics.js';

/** Everything that is measured on the given rows. All intervals come from the same draws of the grouped bootstrap. */
interface Examined {
  test: ReportData['test'];
  perfect: ReportData['perfect'];
  before: Standing | null;
  baselines: Record<string, Standing>;
  paired: Paired[];
  slices: SliceRow[];
}

/** Smaller slices are not shown, and at most this many of the largest. */
const SLICE_ROWS = 20;
const MOST_SLICES = 60;

/** What is measured: predictions for `rows`, each by a predictor that has not seen the row's label. */
interface ExamineOptions {
  data: TrainingData;
  rows: Int32Array;
  probability: Probabilities;
  /** The probabilities if every logit were divided by this temperature before calibration. */
  atTemperature: (temperature: number) => Probabilities;
  baselines: Baseline[];
  raw: Omit<Baseline, 'says'> | null;
  resamples: number;
  random: Random;
}

/** Measures the predictor, the raw number before it, and the baselines on `rows`. Nothing is chosen here. */
export function examine(given: ExamineOptions): Examined {
  const { data, rows, probability: probabilities, atTemperature, baselines, raw, resamples, random } = given;
  const label = pick(data.y, rows);
  const weight = pick(data.w, rows);
  const answers = {
    label,
    weight,
    group: rows.map((row) => data.group[row]),
    slice: rows.map((row) => data.slice[row]),
  };
  const predictors: Record<string, Float64Array> = { vouch: probabilities };
  for (const { name, predict } of baselines) predictors[name] = predict(rows);
  if (raw !== null) predictors.before = raw.predict(rows);
  const compared = compare({ metrics, answers, predictors, reference: 'vouch', random, options: { resamples } });
  const binned = (probability: Float64Array) => reliability({ ...answers, probability });
  const curves = (probability: Float64Array) => ({
    reliabilityCurve: reliabilityCurve({ ...answers, probability }, random, resamples),
    riskBand: riskBand({ ...answers, probability }, random, resamples),
  });
  const rival = ['before', 'plattPerCell', 'bestSignal'].find((name) => name in predictors);
  const standing = (key: string, name: string, says: string): Standing => ({
    name,
    says,
    metrics: compared.metrics[key] as Metrics,
    reliability: binned(predictors[key]),
    ...(key === rival ? curves(predictors[key]) : {}),
  });
  const paired = Object.entries(compared.differences).flatMap(([against, byMetric]) =>
    mainMetrics.map(({ name }) => ({ against, metric: name, difference: byMetric[name] }) as Paired),
  );
  const scored = { ...answers, probability: probabilities };
  const tested = spiegelhalter(scored);
  return {
    test: {
      metrics: compared.metrics.vouch as Metrics,
      reliability: binned(probabilities),
      ...curves(probabilities),
      riskCoverage: riskCoverage(probabilities, label, weight),
      oracle: oracleRisk(scored),
      temperatures: temperatureSweep(atTemperature, label, weight),
      histogram: histogram(probabilities, label),
      spiegelhalter: Number.isFinite(tested.z) ? tested : null,
      choices: choiceMetrics(data, rows, resamples, random.fork('choices')) ?? undefined,
    },
    perfect: perfectOf(scored, data.sliceNames, random.fork('perfect')),
    before: raw === null ? null : standing('before', raw.name, `${raw.name} as recorded, used as a probability`),
    baselines: Object.fromEntries(baselines.map(({ name, says }) => [name, standing(name, name, says)])),
    paired,
    slices: slicesOf(data, rows, probabilities),
  };
}

/** The results of a perfect predictor on these answers, with the name of its worst slice. */
function perfectOf(scored: Scored, sliceNames: string[], random: Random): ReportData['perfect'] {
  const { worstSliceEce, ...rest } = perfectRange(scored, {}, random);
  return { ...rest, worstSliceEce: worstSliceEce && { ...worstSliceEce, slice: sliceNames[worstSliceEce.slice] } };
}

/**
 * Log-loss and ECE if every logit is divided by T before calibration. A minimum far from T = 1 would indicate a fault.
 */
function temperatureSweep(
  atTemperature: ExamineOptions['atTemperature'],
  label: Float64Array,
  weight: Float64Array,
): ReportData['test']['temperatures'] {
  return Array.from({ length: 25 }, (_, i) => {
    const temperature = Math.round((0.7 + 0.025 * i) * 1000) / 1000;
    const p = atTemperature(temperature);
    return { temperature, logLoss: logLoss(p, label, weight), ece: ece(p, label, weight) };
  });
}

function histogram(probabilities: Probabilities, label: Float64Array) {
  const bins = Array.from({ length: 20 }, (_, b) => ({ low: b / 20, high: (b + 1) / 20, right: 0, wrong: 0 }));
  probabilities.forEach((p, i) => {
    const bin = bins[Math.min(19, Math.floor(p * 20))];
    bin.right += label[i];
    bin.wrong += 1 - label[i];
  });
  return bins;
}

function slicesOf(data: TrainingData, rows: Int32Array, probabilities: Probabilities): SliceRow[] {
  const slices: SliceRow[] = [];
  const by: [SliceRow['by'], (row: number) => string][] = [
    ['model', (row) => data.model[row] || '(no model)'],
    ['task', (row) => data.task[row] || '(no task)'],
    ['model and task', (row) => data.sliceNames[data.slice[row]]],
  ];
  for (const [kind, nameOf] of by) {
    const members = new Map<string, number[]>();
    rows.forEach((row, i) => {
      const list = members.get(nameOf(row));
      if (list === undefined) members.set(nameOf(row), [i]);
      else list.push(i);
    });
    const large = [...members].filter(([, list]) => list.length >= SLICE_ROWS);
    large.sort((a, b) => b[1].length - a[1].length);
    for (const [name, list] of large.slice(0, MOST_SLICES))
      slices.push(sliceRow({ by: kind, name, data, rows, probabilities, members: list }));
  }
  const models = slices.filter((s) => s.by === 'model').length;
  const tasks = slices.filter((s) => s.by === 'task').length;
  return models > 1 && tasks > 1 ? slices : slices.filter((s) => s.by !== 'model and task');
}

interface SliceRowOptions {
  by: SliceRow['by'];
  name: string;
  data: TrainingData;
  rows: Int32Array;
  probabilities: Probabilities;
  members: number[];
}

function sliceRow({ by, name, data, rows, probabilities, members }: SliceRowOptions): SliceRow {
  const at = Int32Array.from(members, (i) => rows[i]);
  const p = Float64Array.from(members, (i) => probabilities[i]);
  const y = pick(data.y, at);
  const w = pick(data.w, at);
  const area = auroc(p, y, w);
  return {
    by,
    name,
    rows: at.length,
    groups: new Set(at.map((row) => data.group[row])).size,
    right: weightedMean(y, w),
    meanProbability: weightedMean(p, w),
    logLoss: logLoss(p, y, w),
    brier: brier(p, y, w),
    auroc: Number.isFinite(area) ? area : null,
    ece: ece(p, y, w),
  };
}

/** AUROC of a signal alone, over all rows and within slices; null if one class is missing. */
export function aurocsAlone(data: TrainingData, rows: Int32Array, signal: Float64Array) {
  const y = pick(data.y, rows);
  const w = pick(data.w, rows);
  const slice = rows.map((row) => data.slice[row]);
  const finite = (value: number) => (Number.isFinite(value) ? value : null);
  return { auroc: finite(auroc(signal, y, w)), aurocWithin: finite(aurocWithin(signal, y, slice, w)) };
}
