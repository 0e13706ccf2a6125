import { groupOfSignal, groupsIn, patternGroups } from '../../features/pattern.js';
import { EMBEDDINGS } from '../../features/vectors/embeddings.js';
import type { Model } from '../../models/model.js';
import type { Progress } from '../../support/progress.js';
import type { Random } from '../../support/random.js';
import type { Pool } from '../learn/pool/pool.js';
import { hiddenSheet, type Sheet, sheetOf } from '../learn/sheet.js';
import type { TrainOptions } from '../options.js';
import type { Matrix } from '../prepare/matrix.js';
import { holdsPattern } from '../prepare/pattern-rows.js';
import type { TrainingData } from '../prepare/training-data.js';
import { crossFolds, type FittedPredictor, fitPredictor } from './fit-predictor.js';
import type { OwnWays } from './fold-fits.js';
import { foldsIn } from './fold-places.js';
import { plannedFits } from './planned-fits.js';

/** A predictor for rows that come with some groups of signals only, fitted on `rows` with the others hidden. */
export interface FittedPattern {
  pattern: string;
  rows: Int32Array;
  fitted: FittedPredictor;
}

export interface FittedModel {
  model: Model;
  main: FittedPredictor;
  fittedPatterns: FittedPattern[];
  sheet: Sheet;
  /** Fold of each fit row. */
  fold: Int32Array;
}

interface FitModelOptions {
  pool: Pool;
  data: TrainingData;
  matrix: Matrix;
  rows: Int32Array;
  options: TrainOptions;
  random: Random;
  progress: Progress;
  isCrossed?: boolean;
  /** The learners and calibrators of plug-ins. */
  own?: OwnWays;
}

/**
 * Fits all that goes into a bundle on `rows`: the main predictor on the rows as they were recorded, so that what is
 * missing by nature stays visible to it, and one for each declared pattern that the rows do not hold enough of, with
 * the other groups of signals hidden. That costs the main predictor nothing.
 */
export async function fitModel({
  pool,
  data,
  matrix,
  rows,
  options,
  random,
  progress,
  isCrossed = false,
  own,
}: FitModelOptions): Promise<FittedModel> {
  const sheet = sheetOf(data, matrix);
  const fold = crossFolds(data, rows, options.folds, random.fork('folds'));
  const shared = { pool, data, progress, isCrossed, own };
  const patternOptions = {
    ...options,
    learners: options.patternLearners,
    treeMembers: options.patternTreeMembers,
  };
  const hasVectors = sheet.vectors !== null;
  const declared = declaredPatterns(data, matrix, rows, { options, hasVectors }).map((pattern) => {
    const places = Int32Array.from(rows.keys()).filter((i) => holdsPattern(data, rows[i], pattern));
    return { pattern, itsRows: places.map((i) => rows[i]), itsFold: places.map((i) => fold[i]) };
  });
  const plan = { data, hasVectors, isCrossed, ownLearners: own?.learners.length };
  const plannedForPattern = (itsFold: Int32Array) =>
    plannedFits({ ...plan, options: patternOptions, folds: foldsIn(itsFold).length, isGiven: true });
  progress.expect?.(
    plannedFits({ ...plan, options, folds: foldsIn(fold).length, isGiven: false }) +
      declared.reduce((sum, { itsFold }) => sum + plannedForPattern(itsFold), 0),
  );
  const main = await fitPredictor({ ...shared, sheet, rows, fold, options, random: random.fork('main') });
  const told = declaredPatterns(data, matrix, rows, { options, hasVectors: main.embeddings !== null });
  const fittedPatterns: FittedPattern[] = [];
  for (const { pattern, itsRows, itsFold } of declared) {
    if (!told.includes(pattern)) {
      progress.add(plannedForPattern(itsFold)); // the graph cannot tell it from the main predictor's pattern
      continue;
    }

    const fitted = await fitPredictor({
      ...shared,
      sheet: hiddenSheet(data, sheet, pattern),
      rows: itsRows,
      fold: itsFold,
      options: patternOptions,
      random: random.fork(pattern),
      given: main,
    });
    fittedPatterns.push({ pattern, rows: itsRows, fitted });
  }
  const model = modelOf(data, matrix, main, fittedPatterns);
  return { model, main, fittedPatterns, sheet, fold };
}

/** The model of these predictors. It reads words and embeddings only if the main predictor does. */
export function modelOf(
  data: TrainingData,
  { schema: { embeddings, ...withoutVectors } }: Matrix,
  main: FittedPredictor,
  fittedPatterns: readonly FittedPattern[],
): Model {
  return {
    schema: {
      ...withoutVectors,
      ...(main.words === null ? {} : { words: data.words! }),
      ...(main.embeddings === null ? {} : { embeddings }),
    },
    words: main.words?.channel ?? null,
    embeddings: main.embeddings?.channel ?? null,
    main: main.predictor,
    patternPredictors: fittedPatterns.map(({ pattern, fitted }) => ({ pattern, predictor: fitted.predictor })),
  };
}

/**
 * Declared patterns that take a predictor of their own: the answers hold more than that, and too few hold just that.
 * `hasVectors`: whether embeddings are read. Then the pattern of all other groups is declared too, so that the bundle
 * also serves without an encoder.
 */
function declaredPatterns(
  data: TrainingData,
  { schema }: Matrix,
  rows: Int32Array,
  { options: { patterns, patternRows, minLabels }, hasVectors }: { options: TrainOptions; hasVectors: boolean },
): string[] {
  const groups = new Set<string>(schema.numeric.map(groupOfSignal));
  if (hasVectors) groups.add(groupOfSignal(EMBEDDINGS));
  const all = patternGroups.filter((group) => group === 'free' || groups.has(group));
  const count = (test: (pattern: string) => boolean) => rows.filter((row) => test(data.pattern[row])).length;
  const others = all.filter((group) => group !== groupOfSignal(EMBEDDINGS)).join('+');
  const wantedPatterns = all.length > groupsIn(others).length ? [...new Set([...patterns, others])] : patterns;
  return wantedPatterns.filter((pattern) => {
    const wanted = groupsIn(pattern);
    if (!wanted.some((group) => groups.has(group))) return false; // no signal of it varies: nothing to predict from
    if (wanted.length >= all.length || wanted.some((group) => !all.some((known) => known === group))) return false;
    if (count((natural) => natural === pattern) >= patternRows) return false;
    return count((natural) => wanted.every((group) => groupsIn(natural).includes(group))) >= minLabels;
  });
}
