import { foldsByGroup } from '../../data/split.js';
import { maxOf } from '../../support/extremes.js';
import { pick } from '../../support/pick.js';
import type { Random } from '../../support/random.js';
import { thousands } from '../../support/words/thousands.js';
import { openBackend } from '../backend/ladder.js';
import { learningCurve, powerLaw, SHARES } from '../examine/learning-curve.js';
import { numbersIn, openPool } from '../learn/pool/open-pool.js';
import { stoppablePool } from '../learn/pool/stoppable-pool.js';
import { ridgePath } from '../learn/ridge-path.js';
import { sheetOf } from '../learn/sheet.js';
import { parseOptions } from '../options.js';
import { matrixOf } from '../prepare/matrix.js';
import type { TrainingData } from '../prepare/training-data.js';
import type { TuneCurve, TunePoint } from './results.js';

const FOLDS = 5;
/** A gain in log-loss that counts: less than this is a tie between good learners (DESIGN: ±.002). */
const CLEAR = 0.002;

interface CurveOptions {
  data: TrainingData;
  /** The answers that the set is made from. */
  rows: Int32Array;
  random: Random;
  signal?: AbortSignal;
}

/**
 * Whether more rows would help: the cross-validated log-loss of logistic regression over vouch's signals, by the number
 * of questions that it was fitted on, and what a power law predicts for twice as many. It is a cheap stand-in:
 * fine-tuning learns from the same labels, but by other means. Cost: seconds; it opens tfjs. Errors:
 * BACKEND_UNAVAILABLE; INTERRUPTED if `signal` fired.
 */
export async function curveOf({ data, rows, random, signal }: CurveOptions): Promise<TuneCurve> {
  const missing = whyNone(data, rows);
  if (missing !== null) return { points: [], gain: null, says: `There is no learning curve: ${missing}.` };
  const options = parseOptions({});
  const sheet = sheetOf(data, matrixOf(data, rows));
  const { tf, name } = await openBackend(options.backend);
  const opened = openPool({ tf, name }, options.threads, numbersIn(data));
  const pool = signal === undefined ? opened : stoppablePool(opened, signal);
  try {
    const groups = Array.from(rows, (row) => data.groups[row]);
    const strata = Array.from(rows, (row) => data.sliceNames[data.slice[row]]);
    const fold = foldsByGroup(groups, FOLDS, random.fork('folds'), strata);
    const fitted = { pool, data, sheet, rows, fold, path: ridgePath(options), random: random.fork('shares') };
    const { points: found } = await learningCurve(fitted);
    const questions = (new Set(groups).size * maxOf(fold)) / (maxOf(fold) + 1);
    const points = found.map(({ labels, ...loss }, i) => ({
      ...{ questions: Math.round(SHARES[i] * questions), answers: labels, ...loss },
    }));
    const law = powerLaw(found);
    const { labels } = found[found.length - 1];
    const gain = law === null ? null : law(labels) - law(2 * labels);
    return { points, gain, says: sentence(points, gain) };
  } finally {
    await pool.close();
  }
}

/** Why no curve can be fitted; null if one can. */
function whyNone(data: TrainingData, rows: Int32Array): string | null {
  const { minLabels, minGroups } = parseOptions({});
  const groups = new Set(rows.map((row) => data.group[row])).size;
  if (rows.length < minLabels || groups < minGroups)
    return `it needs ${thousands(minLabels)} graded answers to ${minGroups} questions, and there are ${thousands(rows.length)} to ${thousands(groups)}`;
  const y = pick(data.y, rows);
  if (y.every((value) => value === y[0])) return 'all labels are the same';
  const { numeric, categorical } = matrixOf(data, rows).schema;
  return numeric.length + categorical.length === 0 ? 'no signal varies between the answers' : null;
}

function sentence(points: readonly TunePoint[], gain: number | null): string {
  const { questions, answers, logLoss } = points[points.length - 1];
  if (gain === null) {
    return (
      `More rows of this kind are unlikely to help: the log-loss of a simple predictor does not fall with the number of ` +
      `questions (${logLoss.toFixed(4)} with ${thousands(questions)}).`
    );
  }
  const helps = gain >= CLEAR ? 'More rows would probably help' : 'More rows would probably help little';
  const lowered = `twice the ${thousands(answers)} answers would lower the log-loss of a simple predictor from ${logLoss.toFixed(4)}`;
  return `${helps}: by its learning curve, ${lowered} by about ${gain.toFixed(4)}.`;
}
