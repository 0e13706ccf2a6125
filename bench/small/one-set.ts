import { basename } from 'node:path';
import { logLossOf } from '../../metrics/proper/log-loss.js';
import type { Probabilities } from '../../models/numbers.js';
import { random } from '../../support/random.js';
import { crossFolds } from '../../train/choose/fit-predictor.js';
import { fitBaselines } from '../../train/examine/baselines.js';
import type { Pool } from '../../train/learn/pool/pool.js';
import type { TrainOptions } from '../../train/options.js';
import { matrixOf } from '../../train/prepare/matrix.js';
import type { TrainingData } from '../../train/prepare/training-data.js';
import { type Answers, readAnswers } from '../quality/answers.js';
import { fitOurs } from '../quality/ours.js';
import type { Prediction } from '../quality/peers.js';
import { foldTasks, type Task } from '../quality/tasks.js';

export const PLATT = 'Platt on one signal';
export const LINEAR = 'logistic regression';
export const OURS = 'ours';

/** A set of answers, halved by question: labels are drawn from one half, the other is the test. */
export interface HalvedSet {
  name: string;
  answers: Answers;
  half: Int32Array;
  test: Int32Array;
  /** Index of each test row's question, and each question's share of the weight of all test rows. */
  question: Int32Array;
  share: number[];
}

/** Reads `FILE`, `FILE+FILE…` or `FILE:GRADES`, writes its table into `dir`, and divides it into halves. */
export async function halvedSet(set: string, on: string, dir: string, seed: string): Promise<HalvedSet> {
  const [files, labels] = set.split(':');
  const answers = await readAnswers(files.split('+'), { labels, on }, dir);
  const { data } = answers;
  const [{ fit: half, held: test }] = foldTasks(data, 2, random(`half ${seed}`));
  const places = new Map<number, number>();
  const question = test.map((row) => {
    const place = places.get(data.group[row]) ?? places.size;
    places.set(data.group[row], place);
    return place;
  });
  const share = new Array<number>(places.size).fill(0);
  const whole = test.reduce((sum, row) => sum + data.w[row], 0);
  test.forEach((row, i) => {
    share[question[i]] += data.w[row] / whole;
  });
  return { name: basename(files).replace('.jsonl.gz', ''), answers, half, test, question, share };
}

/** Log-loss by test question of probabilities for the test rows. */
export function questionLosses({ answers, test, question, share }: HalvedSet, p: Probabilities): number[] {
  const { y, w } = answers.data;
  const whole = test.reduce((sum, row) => sum + w[row], 0);
  const losses = new Array<number>(share.length).fill(0);
  test.forEach((row, i) => {
    losses[question[i]] += (w[row] * logLossOf(p[i], y[row])) / whole;
  });
  return losses.map((loss) => Number(loss.toPrecision(8)));
}

/** Probabilities for the test rows by what ships and by both simple rivals, fitted on a draw. */
export async function fitDraw(
  pool: Pool,
  { answers: { data }, test }: HalvedSet,
  { fit }: Task,
  { shipped, linear, seed }: { shipped: TrainOptions; linear: TrainOptions; seed: string },
): Promise<{ said: Record<string, Probabilities>; chosen: string; seconds: number }> {
  let chosen = 'base rate';
  const noted = (learner: string) => {
    chosen = learner;
  };
  const started = performance.now();
  const ours = await fitOurs(pool, data, fit, test, shipped, random(`small ${seed}`), noted);
  const seconds = (performance.now() - started) / 1000;
  const logistic = await fitOurs(pool, data, fit, test, linear, random(`linear ${seed}`));
  return { said: { [OURS]: ours, [PLATT]: platt(data, fit, test, seed), [LINEAR]: logistic }, chosen, seconds };
}

/** A peer's probabilities for the test rows, selected from those for all rows that it was not fitted on. */
export function onTest({ test }: HalvedSet, { held }: Task, { probability }: Prediction): Probabilities {
  const places = new Map(Array.from(held, (row, i) => [row, i]));
  return Float64Array.from(test, (row) => probability[places.get(row) as number]);
}

function platt(data: TrainingData, fit: Int32Array, test: Int32Array, seed: string): Probabilities {
  const fold = crossFolds(data, fit, 5, random(`platt ${seed}`));
  const baselines = fitBaselines(data, matrixOf(data, fit), fit, fold);
  return (baselines.find(({ name }) => name === 'bestSignal') ?? baselines[0]).predict(test);
}
