import type { CategoricalSignal } from '../features/schema.js';
import { hasRow } from '../features/vectors/vector-rows.js';
import type { CompiledPredictor } from '../models/compiled.js';
import type { Model } from '../models/model.js';
import { patternTableOf, predictorNumber } from '../models/pattern-table.js';
import { widenedPredictor } from '../models/widened.js';
import type { Scorer } from '../scorer/scorer.js';
import type { Random } from '../support/random.js';
import type { TrainOptions } from '../train/options.js';
import type { Matrix } from '../train/prepare/matrix.js';
import { holdsPattern } from '../train/prepare/pattern-rows.js';
import type { TrainingData } from '../train/prepare/training-data.js';
import { type AdaptedPredictor, adaptPredictor } from './adapt-predictor.js';
import type { Change } from './change.js';
import { keptPredictor } from './kept-predictor.js';
import { ownCategories } from './own-inputs.js';
import { recalibratedPredictor } from './recalibrated-predictor.js';

export interface AdaptedModel {
  model: Model<CompiledPredictor>;
  /** The predictors with enough labels; the others stay as they were trained. */
  adapted: AdaptedPredictor[];
  /** The pattern of the predictor that scores a row; null: the main predictor. */
  served(row: number): string | null;
  /** Patterns whose predictor had too few labels. */
  left: string[];
}

interface AdaptModelOptions {
  change: Change;
  scorer: Scorer;
  model: Model<CompiledPredictor>;
  data: TrainingData;
  matrix: Matrix;
  rows: Int32Array;
  options: TrainOptions;
  random: Random;
}

/** How each change is made to one predictor. */
const ways = { threshold: keptPredictor, calibrator: recalibratedPredictor, adapt: adaptPredictor };

/**
 * Changes every predictor of a model for which `rows` has enough labels. The main predictor is adapted on the rows that
 * it scores. The predictor of a pattern is adapted on all rows that have the pattern, with the other groups of signals
 * hidden.
 */
export async function adaptModel({
  change,
  scorer,
  model,
  data,
  matrix,
  rows,
  options,
  random,
}: AdaptModelOptions): Promise<AdaptedModel> {
  const { patternPredictors, main, schema } = model;
  const numberOf = predictorNumbers(model, matrix, data);
  const categorical = change === 'adapt' ? ownCategories(data, rows, schema.categorical) : schema.categorical;
  const adaptOn = async (pattern: string | null, predictor: CompiledPredictor, own: Int32Array) => {
    if (own.length < options.adaptLabels) return null;
    const part = { pattern, predictor, rows: own, categorical };
    return ways[change]({ scorer, model, part, data, matrix, options, random: random.fork(pattern ?? 'main') });
  };
  const first = await adaptOn(
    null,
    main,
    rows.filter((row) => numberOf(row) === 0),
  );
  const others: (AdaptedPredictor | null)[] = [];
  for (const { pattern, predictor } of patternPredictors) {
    others.push(
      await adaptOn(
        pattern,
        predictor,
        rows.filter((row) => holdsPattern(data, row, pattern)),
      ),
    );
  }
  const adapted = [first, ...others].filter((each) => each !== null);
  return {
    model: {
      ...model,
      schema: {
        ...schema,
        categorical,
        numeric: unionOf([schema.numeric, ...adapted.map((each) => each.predictor.signals)]),
      },
      main: first?.predictor ?? asTrained(main, categorical),
      patternPredictors: patternPredictors.map(({ pattern, predictor }, k) => ({
        pattern,
        predictor: others[k]?.predictor ?? asTrained(predictor, categorical),
      })),
    },
    adapted,
    served: (row) => (numberOf(row) === 0 ? null : patternPredictors[numberOf(row) - 1].pattern),
    left: [
      ...(first === null ? ['all others'] : []),
      ...patternPredictors.flatMap(({ pattern }, k) => (others[k] ? [] : pattern)),
    ],
  };
}

/** The unchanged predictor, with its inputs extended to the larger vocabularies. */
function asTrained(predictor: CompiledPredictor, categorical: CategoricalSignal[]): CompiledPredictor {
  const vocabularies = categorical.map(({ vocabulary }) => vocabulary.length);
  const encoder = { centre: [], scale: [], indicators: [], vocabularies };
  return widenedPredictor(predictor, { signals: [], encoder }).predictor;
}

/** All names of the lists, in order of first appearance. */
function unionOf(lists: string[][]): string[] {
  return [...new Set(lists.flat())];
}

/** The number of the predictor that scores each row; 0 is the main predictor. */
function predictorNumbers(
  { patternPredictors, schema }: Model<CompiledPredictor>,
  { numeric }: Matrix,
  { signals: { vectors } }: Pick<TrainingData, 'signals'>,
): (row: number) => number {
  if (patternPredictors.length === 0) return () => 0;
  const d = schema.numeric.length;
  const patternTable = patternTableOf(
    schema.numeric,
    patternPredictors.map(({ pattern }) => pattern),
  );
  const read = vectors ?? { shapes: [], values: [] };
  const isRead = schema.embeddings !== undefined; // then the vectors are those that the model reads
  return (row) =>
    predictorNumber(
      patternTable,
      numeric.subarray(row * d, (row + 1) * d),
      isRead && read.shapes.some(({ size }, k) => hasRow(read.values[k], size, row)),
    );
}
