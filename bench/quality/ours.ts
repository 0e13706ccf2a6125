import { FORMAT_VERSION, type Manifest } from '../../models/bundle/manifest.js';
import { emitModel } from '../../models/model.js';
import type { Probabilities } from '../../models/numbers.js';
import { scorerOf } from '../../scorer/open.js';
import { progress } from '../../support/progress.js';
import type { Random } from '../../support/random.js';
import { fitModel } from '../../train/choose/fit-model.js';
import type { FittedPredictor } from '../../train/choose/fit-predictor.js';
import { scoreRows } from '../../train/examine/score-rows.js';
import type { Pool } from '../../train/learn/pool/pool.js';
import { parseOptions, type TrainOptions } from '../../train/options.js';
import { matrixOf } from '../../train/prepare/matrix.js';
import type { TrainingData } from '../../train/prepare/training-data.js';
import type { Task } from './tasks.js';

/**
 * The variants of vouch: `ours` uses only the peers' table, `ours+` all signals that it has by default. Patterns of
 * fewer signals are left out, because they change nothing for these rows.
 */
export const variants: Record<string, TrainOptions> = {
  ours: parseOptions({ patterns: [], words: { length: 0, buckets: 1 } }),
  'ours+': parseOptions({ patterns: [] }),
};

/** A variant's probabilities for the held-out rows of each task, and the total seconds. */
export async function oursFor(
  { name, options }: { name: string; options: TrainOptions },
  pool: Pool,
  data: TrainingData,
  tasks: Task[],
  random: Random,
): Promise<{ parts: Probabilities[]; seconds: number }> {
  const started = performance.now();
  const parts: Probabilities[] = [];
  for (const [k, { fit, held }] of tasks.entries()) {
    parts.push(await fitOurs(pool, data, fit, held, options, random.fork(`ours ${k}`)));
    process.stderr.write(`${name} ${k + 1}/${tasks.length}\n`);
  }
  return { parts, seconds: (performance.now() - started) / 1000 };
}

/**
 * The whole recipe on `fit` rows (cross-fitting by question inside, selection, calibration, refit), then probabilities
 * for `held` rows. If `fit` has only one class: its rate, which is also what every peer returns then.
 */
export async function fitOurs(
  pool: Pool,
  data: TrainingData,
  fit: Int32Array,
  held: Int32Array,
  options: TrainOptions,
  random: Random,
  noted: (learner: string, main: FittedPredictor) => void = () => {},
): Promise<Probabilities> {
  const right = fit.reduce((sum, row) => sum + data.w[row] * data.y[row], 0);
  const weight = fit.reduce((sum, row) => sum + data.w[row], 0);
  if (right === 0 || right === weight) return new Float64Array(held.length).fill((right + 0.5) / (weight + 1));
  const matrix = matrixOf(data, fit);
  const silent = progress('', { quiet: true });
  const { model, main } = await fitModel({ pool, data, matrix, rows: fit, options, random, progress: silent });
  const learner = main.learners.find(({ chosen }) => chosen)!.name;
  noted(learner, main);
  const manifest: Manifest = {
    formatVersion: FORMAT_VERSION,
    vouch: 'bench',
    signals: model.schema,
    model: { name: learner },
    calibrator: main.predictor.calibration,
    thresholds: [],
    data: { fingerprint: '' },
    options: {},
    seed: 0,
    versions: {},
    files: {},
  };
  const scorer = await scorerOf(emitModel(model, 'bench'), manifest);
  const { probability } = await scoreRows(scorer, data, { ...matrix, schema: model.schema }, held);
  await scorer.close();
  return probability;
}
