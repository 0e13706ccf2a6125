import { groupOfSignal, groupsIn } from '../../features/pattern.js';
import { EMBEDDINGS } from '../../features/vectors/embeddings.js';
import type { Progress } from '../../support/progress.js';
import type { Random } from '../../support/random.js';
import { type FittedModel, type FittedPattern, modelOf } from '../../train/choose/fit-model.js';
import { crossFolds, fitPredictor } from '../../train/choose/fit-predictor.js';
import { ownWays } from '../../train/choose/own-ways.js';
import type { TrainContext } from '../../train/context.js';
import { hiddenSheet, sheetOf } from '../../train/learn/sheet.js';
import type { TrainOptions } from '../../train/options.js';
import { type Matrix, matrixOf } from '../../train/prepare/matrix.js';
import type { TrainingData } from '../../train/prepare/training-data.js';

/** A model with a predictor for each pattern, and out-of-fold probabilities of all rows. */
interface PatternFit {
  fitted: FittedModel;
  matrix: Matrix;
  /** Out-of-fold probability of each row; NaN where the answer is too unlike the others. */
  outOfFold: Float64Array;
  /** Fold of each row, by question. */
  fold: Int32Array;
}

/**
 * Fits one predictor for each pattern of signals that the rows have, each on the rows of just that pattern; the richest
 * pattern has the main predictor. A pattern with too few rows is left to the main predictor, which is then fitted on its
 * rows too. All predictors share folds by question.
 */
export async function fitPatterns(
  data: TrainingData,
  {
    options,
    context,
    random,
    progress,
  }: { options: TrainOptions; context: TrainContext; random: Random; progress: Progress },
): Promise<PatternFit> {
  const all = Int32Array.from({ length: data.n }, (_, i) => i);
  const matrix = matrixOf(data, all);
  const sheet = sheetOf(data, matrix);
  const fold = crossFolds(data, all, options.folds, random.fork('folds'));
  const byPattern = rowsByPattern(data, matrix);
  const [[, richest], ...others] = byPattern.sort((a, b) => groupsIn(b[0]).length - groupsIn(a[0]).length);
  const enough = others.filter(([, rows]) => rows.length >= options.minLabels);
  const few = others.filter(([, rows]) => rows.length < options.minLabels).flatMap(([, rows]) => rows);
  const mainRows = Int32Array.from([...richest, ...few]).sort();
  const shared = { pool: context.pool, data, progress, isCrossed: false, own: ownWays(context.plugins), options };
  const outOfFold = new Float64Array(data.n).fill(Number.NaN);
  const fitRows = async (rows: Int32Array, pattern?: string) => {
    const fitted = await fitPredictor({
      ...shared,
      sheet: pattern === undefined ? sheet : hiddenSheet(data, sheet, pattern),
      rows,
      fold: rows.map((row) => fold[row]),
      random: random.fork(pattern ?? 'main'),
    });
    rows.forEach((row, i) => {
      outOfFold[row] = fitted.decided[i];
    });
    return fitted;
  };
  const main = await fitRows(mainRows);
  const fittedPatterns: FittedPattern[] = [];
  for (const [pattern, rows] of enough) {
    const own = Int32Array.from(rows);
    fittedPatterns.push({ pattern, rows: own, fitted: await fitRows(own, pattern) });
  }
  const model = modelOf(data, matrix, main, fittedPatterns);
  return {
    fitted: { model, main, fittedPatterns, sheet, fold: mainRows.map((row) => fold[row]) },
    matrix,
    outOfFold,
    fold,
  };
}

/** Rows by pattern, as far as the columns of the matrix tell patterns apart. */
function rowsByPattern(data: TrainingData, { schema }: Matrix): [string, number[]][] {
  const known = new Set<string>(['free', ...schema.numeric.map(groupOfSignal)]);
  if (schema.embeddings !== undefined) known.add(groupOfSignal(EMBEDDINGS));
  const found = new Map<string, number[]>();
  data.pattern.forEach((natural, row) => {
    const pattern = groupsIn(natural)
      .filter((group) => known.has(group))
      .join('+');
    const rows = found.get(pattern);
    if (rows === undefined) found.set(pattern, [row]);
    else rows.push(row);
  });
  return [...found];
}
