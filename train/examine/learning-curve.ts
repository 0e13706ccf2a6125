import type { Logits } from '../../models/numbers.js';
import type { LearningCurve, LearningPoint } from '../../report/results.js';
import { maxOf } from '../../support/extremes.js';
import type { Random } from '../../support/random.js';
import { clusteredMean, rowLosses } from '../choose/select.js';
import type { Pool } from '../learn/pool/pool.js';
import type { Ridge } from '../learn/ridge-path.js';
import type { Sheet } from '../learn/sheet.js';
import type { TrainingData } from '../prepare/training-data.js';

/** The shares of the questions that are fitted on. */
export const SHARES = [0.1, 0.2, 0.4, 0.7, 1];
/** The numbers of additional labels for which the curve is evaluated. */
const MORE = [500, 2000];

interface LearningCurveOptions {
  pool: Pool;
  data: TrainingData;
  sheet: Sheet;
  rows: Int32Array;
  fold: Int32Array;
  path: Ridge[];
  random: Random;
  /**
   * The out-of-fold logits with all labels, at the ridge with the lowest loss, if they are known: cross-fitting fits the
   * same. Otherwise they are fitted here.
   */
  whole?: Logits;
}

/**
 * Learning curve: out-of-fold log-loss of logistic regression by the number of labels in the fit, each at its best
 * ridge, and the power law loss = a + b·n^−c through it (Viering & Loog 2023), which estimates the gain from more
 * labels. The folds are those of cross-fitting; smaller shares are drawn by question.
 */
export async function learningCurve({
  pool,
  data,
  sheet,
  rows,
  fold,
  path,
  random,
  whole,
}: LearningCurveOptions): Promise<LearningCurve> {
  const folds = maxOf(fold) + 1;
  const rank = ranksOf(data, rows, random.fork('questions'));
  const pointAt = async (share: number): Promise<LearningPoint> => {
    const fits = Array.from({ length: folds }, (_, k) =>
      rows.filter((row, i) => fold[i] !== k && rank[data.group[row]] < share),
    );
    const labels = fits.reduce((sum, fit) => sum + fit.length / folds, 0);
    if (share === 1 && whole !== undefined) return standing(labels, [whole]);
    const logits = path.map(() => new Float64Array(rows.length));
    await Promise.all(
      fits.map(async (fit, k) => {
        const places = Int32Array.from(fold.keys()).filter((i) => fold[i] === k);
        const heldOut = places.map((i) => rows[i]);
        const done = await pool.run(sheet, {
          kind: 'linear',
          rows: fit,
          heldOut,
          extra: [],
          path,
          shiftSeed: null,
        } as const);
        done.logits.forEach((z, p) => {
          places.forEach((i, at) => {
            logits[p][i] = z[at];
          });
        });
      }),
    );
    return standing(labels, logits);
  };
  const standing = (labels: number, logits: readonly Logits[]): LearningPoint => {
    const means = logits.map((z) => clusteredMean(data, rows, rowLosses(data, rows, z)));
    const best = means.reduce((a, b) => (b.mean < a.mean ? b : a));
    return { labels: Math.round(labels), logLoss: best.mean, standardError: best.error };
  };
  const points = await Promise.all(SHARES.map(pointAt));
  const law = powerLaw(points);
  const now = points.at(-1)!.labels;
  const gains = MORE.map((more) => ({ more, gain: law === null ? null : law(now + more) - law(now) }));
  return { points, gains };
}

/** Least squares over a, b ≥ 0 at each c of a grid; null if the curve does not fall. */
export function powerLaw(points: readonly LearningPoint[]): ((labels: number) => number) | null {
  let best: { error: number; a: number; b: number; c: number } | null = null;
  for (let c = 0.2; c <= 1.001; c += 0.05) {
    const u = points.map(({ labels }) => labels ** -c);
    const meanU = u.reduce((sum, v) => sum + v, 0) / u.length;
    const meanY = points.reduce((sum, { logLoss }) => sum + logLoss, 0) / u.length;
    const covariance = u.reduce((sum, v, i) => sum + (v - meanU) * (points[i].logLoss - meanY), 0);
    const b = covariance / u.reduce((sum, v) => sum + (v - meanU) ** 2, 0);
    const a = meanY - b * meanU;
    if (!(b > 0)) continue;
    const error = u.reduce((sum, v, i) => sum + (a + b * v - points[i].logLoss) ** 2, 0);
    if (best === null || error < best.error) best = { error, a, b, c };
  }
  if (best === null) return null;
  const { a, b, c } = best;
  return (labels) => a + b * labels ** -c;
}

/** A random rank in (0, 1] for each group that has rows here. */
function ranksOf(data: TrainingData, rows: Int32Array, random: Random): Float64Array {
  const groups = random.shuffle([...new Set(rows.map((row) => data.group[row]))]);
  const rank = new Float64Array(data.groupCount);
  groups.forEach((group, i) => {
    rank[group] = i / groups.length;
  });
  return rank;
}
