import type { Probabilities } from '../models/numbers.js';
import type { TrainContext } from '../train/context.js';
import { parseOptions, type TrainOptions, trainOptionsSchema, validOptions } from '../train/options.js';
import { pickRows } from '../train/prepare/pick-rows.js';
import type { TrainingData } from '../train/prepare/training-data.js';
import { type Trained, train } from '../train/train.js';

/** A predictor that was trained anew, and what it said about fresh answers before it had seen their question. */
export interface WholeTrained {
  trained: Trained;
  /** The old and the new answers together, and the row of each fresh answer by id. */
  data: TrainingData;
  rowOf: ReadonlyMap<string, number>;
  crossed: ReadonlyMap<string, number>;
}

/** The options with which the version in service was trained, as far as they are still valid. Error: BAD_USAGE. */
export function wholeOptions(before: Record<string, unknown>, given: Partial<TrainOptions>): TrainOptions {
  const names = Object.keys(trainOptionsSchema.shape) as (keyof TrainOptions)[];
  return parseOptions({ ...validOptions(names, before, given), certify: 'split', refit: 'never', split: 'group' });
}

/** Fresh answers for training anew: those that are used, in two parts, and the ids of the labelled ones that are not. */
export interface FreshToTrain {
  data: TrainingData;
  fit: Int32Array;
  certify: Int32Array;
  unused: ReadonlySet<string>;
}

/**
 * Old and fresh answers as they train: without fresh ones that are not used; the others have their weights and labels
 * from `fresh`, and those of its certify part only certify. The monitor will compare answers with the fresh ones. `rowOf`: the row of each answer by id.
 */
export function mergedToTrain(
  merged: TrainingData,
  { data: fresh, fit, certify, unused }: FreshToTrain,
): { data: TrainingData; rowOf: ReadonlyMap<string, number> } {
  const used = Int32Array.from(merged.ids.keys()).filter((row) => !unused.has(merged.ids[row]));
  const data = pickRows(merged, used);
  const rowOf = new Map(data.ids.map((id, row) => [id, row]));
  const [y, w] = [data.y.slice(), data.w.slice()];
  const [certifies, isFresh] = [new Uint8Array(data.n), new Uint8Array(data.n)];
  for (const [rows, mark] of [
    [fit, 0],
    [certify, 1],
  ] as const) {
    for (const row of rows) {
      const at = rowOf.get(fresh.ids[row])!;
      y[at] = fresh.y[row];
      w[at] = fresh.w[row];
      certifies[at] = mark;
      isFresh[at] = 1;
    }
  }
  return { data: { ...data, y, w, certifies, fresh: isFresh }, rowOf };
}

/**
 * Trains on the old answers and the fresh ones of the fit part; the held-out fresh ones certify. Errors: those of
 * training.
 */
export async function trainWhole(
  merged: TrainingData,
  fresh: FreshToTrain,
  options: TrainOptions,
  context: TrainContext,
): Promise<WholeTrained> {
  const { data, rowOf } = mergedToTrain(merged, fresh);
  const trained = await train(data, options, context);
  const { rows, probability } = trained.outOfFold;
  const crossed = new Map(Array.from(rows, (row, i) => [data.ids[row], probability[i]]));
  return { trained, data, rowOf, crossed };
}

/** What it said about these fresh answers; where it did not train on an answer, what the version in service says. */
export function crossedByWhole(
  { crossed }: WholeTrained,
  { ids }: TrainingData,
  fit: Int32Array,
  before: Probabilities,
): Probabilities {
  return Float64Array.from(fit, (row, i) => crossed.get(ids[row]) ?? before[i]);
}
