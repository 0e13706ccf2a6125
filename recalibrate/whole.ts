import type { Probabilities } from '../models/numbers.js';
import type { TrainContext } from '../train/context.js';
import { parseOptions, type TrainOptions, trainOptionsSchema } from '../train/options.js';
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
  const shape = trainOptionsSchema.shape;
  const known = (Object.keys(shape) as (keyof typeof shape)[]).filter(
    (name) => name in before && shape[name].safeParse(before[name]).success,
  );
  const chosen = Object.entries(given).filter(([, value]) => value !== undefined);
  return parseOptions({
    ...Object.fromEntries(known.map((name) => [name, before[name]])),
    ...Object.fromEntries(chosen),
    ...{ certify: 'split', refit: 'never', split: 'group' },
  });
}

/**
 * Trains on the old answers and the fresh ones of the fit part; the held-out fresh ones certify. Fresh answers have
 * their weights and labels from `fresh`. Errors: those of training.
 */
export async function trainWhole(
  merged: TrainingData,
  fresh: { data: TrainingData; fit: Int32Array; certify: Int32Array },
  options: TrainOptions,
  context: TrainContext,
): Promise<WholeTrained> {
  const rowOf = new Map(merged.ids.map((id, row) => [id, row]));
  const [y, w, certifies] = [merged.y.slice(), merged.w.slice(), new Uint8Array(merged.n)];
  for (const [rows, mark] of [
    [fresh.fit, 0],
    [fresh.certify, 1],
  ] as const) {
    for (const row of rows) {
      const at = rowOf.get(fresh.data.ids[row])!;
      y[at] = fresh.data.y[row];
      w[at] = fresh.data.w[row];
      certifies[at] = mark;
    }
  }
  const data: TrainingData = { ...merged, y, w, certifies };
  const trained = await train(data, options, context);
  const { rows, probability } = trained.outOfFold;
  const crossed = new Map(Array.from(rows, (row, i) => [merged.ids[row], probability[i]]));
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
