import { isHidden } from '../features/pattern.js';
import type { CategoricalSignal } from '../features/schema.js';
import { encode, encodedWidth } from '../models/encoder.js';
import { fitEncoder } from '../models/fit-encoder.js';
import type { FurtherInputs } from '../models/widened.js';
import { matrixFor, matrixOf } from '../train/prepare/matrix.js';
import type { TrainingData } from '../train/prepare/training-data.js';

/** Additional inputs, with their categories. */
interface OwnInputs extends FurtherInputs {
  categorical: CategoricalSignal[];
}

/**
 * The trained categories, each extended by the new values that vary over the new answers, followed by new categories.
 * Model and task stay as trained, because the recalibration lines per slice depend on them, and because a new model or
 * task is the same for nearly all of the answers.
 */
export function ownCategories(
  data: TrainingData,
  rows: Int32Array,
  trained: readonly CategoricalSignal[],
): CategoricalSignal[] {
  const found = matrixOf(data, rows).schema.categorical.filter(({ name }) => name !== 'model' && name !== 'task');
  const known = trained.map(({ name, vocabulary }) => {
    const more = found.find((each) => each.name === name)?.vocabulary ?? [];
    return { name, vocabulary: [...new Set([...vocabulary, ...more])] };
  });
  return [...known, ...found.filter(({ name }) => !trained.some((each) => each.name === name))];
}

/**
 * The signals that vary over the new answers, with an encoder fitted on them: on a new task other signals may be
 * informative, and on other scales, than in training. With `pattern`, only signals of its groups. It uses no labels.
 */
export function fitOwnInputs(
  data: TrainingData,
  rows: Int32Array,
  categorical: CategoricalSignal[],
  pattern: string | null,
): OwnInputs {
  const names = matrixOf(data, rows).schema.numeric;
  const signals = names.filter((name) => pattern === null || !isHidden(name, pattern));
  const schema = { topK: data.topK, numeric: signals, categorical };
  const { numeric, categories } = matrixFor(data, schema, pattern ?? undefined);
  return { signals, categorical, encoder: fitEncoder(numeric, categories, rows, schema) };
}

/**
 * The terms that the correction has weights for: the own inputs of each row, then `kept` columns of the trained
 * encoding [n, k].
 */
export function termsOf(
  { signals, categorical, encoder }: OwnInputs,
  data: TrainingData,
  rows: Int32Array,
  pattern: string | null,
  kept: Float32Array,
): { x: Float32Array; d: number } {
  const schema = { topK: data.topK, numeric: signals, categorical };
  const { numeric, categories } = matrixFor(data, schema, pattern ?? undefined);
  const own = encode(encoder, numeric, categories, rows);
  const width = encodedWidth(encoder);
  const n = rows.length;
  const k = kept.length / n;
  const d = width + k;
  const x = new Float32Array(n * d);
  for (let i = 0; i < n; i++) {
    x.set(own.subarray(i * width, (i + 1) * width), i * d);
    x.set(kept.subarray(i * k, (i + 1) * k), i * d + width);
  }
  return { x, d };
}
