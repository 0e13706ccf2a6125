import type { Random } from '../../support/random.js';
import { capacityFor } from '../../train/choose/capacity.js';
import { trailsOf } from '../../train/choose/fit-learner.js';
import { layGround } from '../../train/choose/ground.js';
import { rowLosses, weightedMean } from '../../train/choose/select.js';
import { bestStage } from '../../train/choose/stages.js';
import type { Pool } from '../../train/learn/pool/pool.js';
import { ridgePath } from '../../train/learn/ridge-path.js';
import { sheetOf } from '../../train/learn/sheet.js';
import type { TrainOptions } from '../../train/options.js';
import { matrixOf } from '../../train/prepare/matrix.js';
import type { TrainingData } from '../../train/prepare/training-data.js';

interface AloneOptions {
  pool: Pool;
  data: TrainingData;
  /** Rows to fit on, rows of other questions to stop on, and rows to predict. */
  rows: { fit: Int32Array; stop: Int32Array; test: Int32Array };
  options: TrainOptions;
  random: Random;
  /** Which learners in stages are fitted: networks take most of the time. */
  kinds: readonly string[];
}

/** A predictor's logits of the test rows, and its processor seconds. */
export interface Fitted {
  name: string;
  logits: ArrayLike<number>;
  seconds: number;
}

/** Each of our learners alone, one member each: its ridge and its number of stages are the best on the stop rows. */
export async function* fitAlone({ pool, data, rows, options, random, kinds }: AloneOptions): AsyncGenerator<Fitted> {
  const { fit, stop, test } = rows;
  const sheet = sheetOf(data, matrixOf(data, fit));
  const heldOut = Int32Array.from([...stop, ...test]);
  const channels = { words: null, embeddings: null };
  const plan = { ridges: ridgePath(options), hasSimple: false };
  const { result: ground, seconds } = await timed(() => layGround({ pool, sheet, rows: fit, heldOut, channels, plan }));
  const losses = ground.logits.map((z) => weightedMean(data, stop, rowLosses(data, stop, z.subarray(0, stop.length))));
  const at = losses.indexOf(Math.min(...losses));
  yield { name: 'vouch: logistic', logits: ground.logits[at].slice(stop.length), seconds };
  const part = Int32Array.from(heldOut, (_, i) => (i < stop.length ? 0 : 1));
  const single = { ...options, treeMembers: 1, members: 1 };
  const grown = capacityFor(single, fit.length + stop.length);
  const places = Int32Array.from(stop.keys());
  const staged = [
    { name: 'vouch: trees, bounds of small sets', kind: 'trees', own: single },
    { name: 'vouch: trees', kind: 'trees', own: grown },
    { name: 'vouch: tabm', kind: 'tabm', own: grown },
  ] as const;
  for (const { name, kind, own } of staged) {
    if (!kinds.includes(kind)) continue;
    const task = { ground, at, options: own, random: random.fork(kind) };
    const { result: trails, seconds } = await timed(() => trailsOf(pool, sheet, kind, task, { part, least: 0 }));
    const { stage } = bestStage(data, stop, [{ places }], [trails.part(0)]);
    yield { name, logits: trails.atStage(1, stage), seconds };
  }
}

/** The result of some work, and its processor seconds in all threads. */
export async function timed<T>(work: () => Promise<T>): Promise<{ result: T; seconds: number }> {
  const before = process.cpuUsage();
  const result = await work();
  const { user, system } = process.cpuUsage(before);
  return { result, seconds: (user + system) / 1e6 };
}
