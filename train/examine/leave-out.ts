import { eceDebiased } from '../../metrics/calibration/ece-debiased.js';
import { auroc } from '../../metrics/ranking/auroc.js';
import { type Logits, type Probabilities, sigmoid } from '../../models/numbers.js';
import type { LeftOut, LeftOutStanding } from '../../report/results.js';
import { pick } from '../../support/pick.js';
import type { Random } from '../../support/random.js';
import { crossFolds } from '../choose/fit-predictor.js';
import { clusteredMean, rowLosses, weightedMean } from '../choose/select.js';
import type { Pool } from '../learn/pool/pool.js';
import type { Ridge } from '../learn/ridge-path.js';
import type { Sheet } from '../learn/sheet.js';
import type { TrainingData } from '../prepare/training-data.js';

/** Values with fewer fit rows are not left out, and at most this many of the largest are. */
const LEAST_ROWS = 100;
const MOST_VALUES = 12;

/**
 * One value that was left out, and the prediction for each of its answers; `decided` is NaN if the answer counts as
 * shifted.
 */
export interface LeftOutRun {
  standing: LeftOut;
  rows: Int32Array;
  probability: Probabilities;
  decided: Probabilities;
}

/** Cross-fitted logistic regression without the text channel: the comparison for a left-out model or task. */
interface Seen {
  ridge: Ridge;
  logits: Logits;
  /** A row with more shift counts as shifted. */
  shiftThreshold: number;
}

interface LeaveOutOptions {
  pool: Pool;
  data: TrainingData;
  sheet: Sheet;
  rows: Int32Array;
  seen: Seen;
  random: Random;
}

/**
 * Leave-one-model-out and leave-one-task-out on the fit rows, with logistic regression: what to expect for answers of a
 * model, or to a task, without any label. Questions are divided into halves. Each half of the left-out answers is
 * predicted from the other answers to the other half, so that neither the value nor the question was seen. Two fits per
 * value.
 */
export async function leaveOut({ pool, data, sheet, rows, seen, random }: LeaveOutOptions): Promise<LeftOutRun[]> {
  const half = crossFolds(data, rows, 2, random.fork('halves'));
  const all: Promise<LeftOutRun>[] = [];
  for (const by of ['model', 'task'] as const) {
    for (const value of valuesOf(data[by], rows)) {
      all.push(leftOut({ pool, data, sheet, rows, half, seen, by, value }));
    }
  }
  return Promise.all(all);
}

interface LeftOutOptions {
  pool: Pool;
  data: TrainingData;
  sheet: Sheet;
  rows: Int32Array;
  half: Int32Array;
  seen: Seen;
  by: 'model' | 'task';
  value: string;
}

async function leftOut({
  pool,
  data,
  sheet,
  rows,
  half,
  seen: { ridge, logits, shiftThreshold },
  by,
  value,
}: LeftOutOptions): Promise<LeftOutRun> {
  const places = Int32Array.from(rows.keys()).filter((i) => data[by][rows[i]] === value);
  const unseen = new Map<number, number>();
  const shifted = new Set<number>();
  const fitHalf = async (h: number) => {
    const heldOut = places.filter((i) => half[i] === h);
    const job = {
      kind: 'linear',
      rows: rows.filter((row, i) => half[i] !== h && data[by][row] !== value),
      heldOut: heldOut.map((i) => rows[i]),
      extra: [],
      path: [ridge],
      shiftSeed: `${value} ${h}`,
    } as const;
    const fit = await pool.run(sheet, job);
    heldOut.forEach((i, at) => {
      unseen.set(i, fit.logits[0][at]);
      if (fit.shift!.heldOut[at] > shiftThreshold) shifted.add(i);
    });
  };
  await Promise.all([0, 1].map(fitHalf));
  const at = places.map((i) => rows[i]);
  const z = Float64Array.from(places, (i) => unseen.get(i)!);
  const own = pick(logits, places);
  const losses = rowLosses(data, at, z);
  const ownLosses = rowLosses(data, at, own);
  const { mean, error } = clusteredMean(
    data,
    at,
    losses.map((loss, i) => loss - ownLosses[i]),
  );
  const standing = (logit: Logits, loss: Float64Array): LeftOutStanding => {
    const label = pick(data.y, at);
    const weight = pick(data.w, at);
    const probability = logit.map(sigmoid);
    const area = auroc(probability, label, weight);
    return {
      logLoss: weightedMean(data, at, loss),
      auroc: Number.isNaN(area) ? null : area,
      eceDebiased: eceDebiased(probability, label, weight),
    };
  };
  const left: LeftOut = {
    by,
    name: value || '(not named)',
    rows: at.length,
    right: weightedMean(data, at, pick(data.y, at)),
    seen: standing(own, ownLosses),
    unseen: standing(z, losses),
    difference: mean,
    standardError: error,
    shifted: shifted.size / at.length,
  };
  const probability = z.map(sigmoid);
  const decided = probability.map((p, k) => (shifted.has(places[k]) ? Number.NaN : p));
  return { standing: left, rows: at, probability, decided };
}

/** The values with enough rows, most frequent first; none if there is only one value. */
function valuesOf(values: string[], rows: Int32Array): string[] {
  const counts = new Map<string, number>();
  for (const row of rows) counts.set(values[row], (counts.get(values[row]) ?? 0) + 1);
  if (counts.size < 2) return [];
  return [...counts]
    .filter(([, count]) => count >= LEAST_ROWS && rows.length - count >= LEAST_ROWS)
    .sort((a, b) => b[1] - a[1])
    .slice(0, MOST_VALUES)
    .map(([value]) => value);
}
