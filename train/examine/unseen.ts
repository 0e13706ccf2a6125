import { families } from '../../features/families.js';
import { encodedWidth } from '../../models/encoder.js';
import type { LearningCurve } from '../../report/results.js';
import { maxOf } from '../../support/extremes.js';
import { exceededBy } from '../../support/quantile.js';
import type { Random } from '../../support/random.js';
import type { FittedPredictor } from '../choose/fit-predictor.js';
import type { Pool } from '../learn/pool/pool.js';
import { type Ridge, ridgePath } from '../learn/ridge-path.js';
import type { Sheet } from '../learn/sheet.js';
import type { TrainOptions } from '../options.js';
import type { TrainingData } from '../prepare/training-data.js';
import { learningCurve } from './learning-curve.js';
import { type LeftOutRun, leaveOut } from './leave-out.js';

/**
 * Tables that need many fits of logistic regression: what was left out, the gain from more labels, the worth of each
 * signal.
 */
interface Unseen {
  leftOut: LeftOutRun[];
  curve: LearningCurve | undefined;
  /** For each signal, the rise of the out-of-fold log-loss without it. */
  dropped: Map<string, number>;
}

/** With more fit rows, these tables are computed only with `report: full`. */
const MOST_ROWS = 20_000;

interface UnseenOptions {
  pool: Pool;
  data: TrainingData;
  sheet: Sheet;
  rows: Int32Array;
  fold: Int32Array;
  main: FittedPredictor;
  options: TrainOptions;
  random: Random;
}

/** Measured on the fit rows by logistic regression without the text channel, at the ridge that was chosen for it. */
export async function whatIfUnseen({
  pool,
  data,
  sheet,
  rows,
  fold,
  main: { cross },
  options,
  random,
}: UnseenOptions): Promise<Unseen> {
  if (rows.length > MOST_ROWS && options.report !== 'full') {
    return { leftOut: [], curve: undefined, dropped: new Map() };
  }
  const { ridge, logits } = cross.plain!;
  const shiftThreshold = exceededBy(cross.shift!, options.shiftFlags);
  const [leftOut, curve, dropped] = await Promise.all([
    leaveOut({ pool, data, sheet, rows, seen: { ridge, logits, shiftThreshold }, random }),
    learningCurve({ pool, data, sheet, rows, fold, path: ridgePath(options), random, whole: logits }),
    dropEach(pool, sheet, rows, fold, ridge),
  ]);
  return { leftOut, curve, dropped };
}

/** Drop-one for every signal and category, over the folds of cross-fitting. */
async function dropEach(
  pool: Pool,
  sheet: Sheet,
  rows: Int32Array,
  fold: Int32Array,
  ridge: Ridge,
): Promise<Map<string, number>> {
  const folds = maxOf(fold) + 1;
  const all = families(sheet.schema.numeric);
  const names = [...all.keys(), ...sheet.schema.categorical.map(({ name }) => name)];
  const parts = await Promise.all(
    Array.from({ length: folds }, async (_, k) => {
      const base = {
        kind: 'linear',
        rows: rows.filter((_, i) => fold[i] !== k),
        heldOut: rows.filter((_, i) => fold[i] === k),
        extra: [],
        path: [ridge],
        shiftSeed: null,
      } as const;
      const { encoder, dropped } = await pool.run(sheet, { ...base, families: [...all.values()] });
      return encodedWidth(encoder) === 0 ? null : dropped!.map((rise) => (rise * base.heldOut.length) / rows.length);
    }),
  );
  // in the order of the folds, whichever thread was first: the last bits are the same in every run
  const total = new Map<string, number>();
  for (const part of parts) {
    if (part !== null) for (const [s, name] of names.entries()) total.set(name, (total.get(name) ?? 0) + part[s]);
  }
  return total;
}
