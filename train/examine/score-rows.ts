import type { Logits, Probabilities } from '../../models/numbers.js';
import type { Scorer } from '../../scorer/scorer.js';
import {
  type CertifiedPatterns,
  type CertifyOptions,
  certifyPatterns,
  decidingClaims,
} from '../certify/certify-patterns.js';
import { splitTrial } from '../certify/trials.js';
import type { FittedPattern } from '../choose/fit-model.js';
import type { FittedPredictor } from '../choose/fit-predictor.js';
import type { TrainOptions } from '../options.js';
import type { FitAndCertify } from '../prepare/fit-and-certify.js';
import { inputReader } from '../prepare/inputs.js';
import type { Matrix } from '../prepare/matrix.js';
import { holdsPattern } from '../prepare/pattern-rows.js';
import type { TrainingData } from '../prepare/training-data.js';

/** The shipped scorer's results for some rows. */
export interface ScoredRows {
  logit: Logits;
  probability: Probabilities;
  /** The interval for the share of right answers at this score. */
  low: Probabilities;
  high: Probabilities;
  /** The probability of rows that get a decision; NaN for rows that count as shifted. */
  decided: Probabilities;
}

/**
 * Rows prepared for the scorer at a time. It is a multiple of the graph's batch size, so that the blocks do not change
 * the results.
 */
const BLOCK = 16_384;

/** Scores rows; with `pattern`, as if only its groups of signals had been recorded. */
export async function scoreRows(
  scorer: Scorer,
  data: TrainingData,
  matrix: Matrix,
  rows: Int32Array,
  pattern?: string,
): Promise<ScoredRows> {
  const n = rows.length;
  const nothing = () => new Float64Array(n);
  const said = { logit: nothing(), probability: nothing(), low: nothing(), high: nothing(), decided: nothing() };
  const read = inputReader(data, matrix, pattern);
  for (let from = 0; from < n; from += BLOCK) {
    const { features, categories, words, embeddings } = read(rows.subarray(from, from + BLOCK));
    const scores = await scorer.scoreFeatures(features, categories, words, embeddings);
    for (const name of ['logit', 'probability', 'low', 'high'] as const) said[name].set(scores[name], from);
    scores.probability.forEach((p, i) => {
      said.decided[from + i] = scores.shift[i] > 1 ? Number.NaN : p;
    });
  }
  return said;
}

/** The number of claims that will decide. A promise that holds for all of them together is divided among them. */
export function claimsOf(
  data: TrainingData,
  parts: FitAndCertify,
  fittedPatterns: Pick<FittedPattern, 'pattern' | 'rows'>[],
  options: TrainOptions,
): number {
  const hidden = fittedPatterns.map(({ pattern, rows }) =>
    decidingClaims(asIfOnly(data, pattern), { ...parts, fit: rows }, options),
  );
  return hidden.reduce((sum, count) => sum + count, decidingClaims(data, parts, options));
}

/** The same answers, all with this pattern of signals. */
export function asIfOnly(data: TrainingData, pattern: string): TrainingData {
  return { ...data, pattern: new Array<string>(data.n).fill(pattern) };
}

/** What certification needs from a pattern's own predictor. */
type PatternToCertify = Pick<FittedPattern, 'pattern' | 'rows'> & { fitted: Pick<FittedPredictor, 'decided'> };

/**
 * A pattern in which signals are hidden: the certify rows that have its signals, the scorer's results for them, and the
 * claims.
 */
export interface HiddenPattern<E extends PatternToCertify = FittedPattern> {
  fittedPattern: E;
  rows: Int32Array;
  scored: ScoredRows;
  certified: CertifiedPatterns;
}

/** Options to certify patterns with hidden signals; `covered` keeps the rows that a claim may cover. */
interface CertifyHiddenOptions<E extends PatternToCertify> extends Omit<CertifyOptions, 'trial' | 'basis'> {
  scorer: Scorer;
  matrix: Matrix;
  parts: FitAndCertify;
  fittedPatterns: E[];
  covered: (rows: Int32Array, p: Probabilities) => Probabilities;
}

/**
 * Certifies each pattern that has its own predictor, on the certify rows with the other groups of signals hidden. The
 * patterns have their own δ.
 */
export async function certifyHidden<E extends PatternToCertify>(
  given: CertifyHiddenOptions<E>,
): Promise<HiddenPattern<E>[]> {
  const { scorer, data, matrix, parts, fittedPatterns, covered } = given;
  const hidden: HiddenPattern<E>[] = [];
  for (const fittedPattern of fittedPatterns) {
    const { pattern, fitted } = fittedPattern;
    const rows = parts.certify.filter((row) => holdsPattern(data, row, pattern));
    const scored = await scoreRows(scorer, data, matrix, rows, pattern);
    const seen = asIfOnly(data, pattern);
    const trial = splitTrial({
      data: seen,
      parts: { fit: fittedPattern.rows, certify: rows },
      before: covered(fittedPattern.rows, fitted.decided),
      probability: covered(rows, scored.decided),
    });
    hidden.push({
      fittedPattern,
      rows,
      scored,
      certified: certifyPatterns({ ...given, data: seen, trial, basis: 'hidden' }),
    });
  }
  return hidden;
}
