import { eceMetric } from '../../metrics/calibration/ece.js';
import { bootstrap } from '../../metrics/interval/bootstrap.js';
import { logLossMetric } from '../../metrics/proper/log-loss.js';
import { aurocMetric } from '../../metrics/ranking/auroc.js';
import { platt } from '../../models/calibrators/platt.js';
import type { Probabilities } from '../../models/numbers.js';
import { pick } from '../../support/pick.js';
import { random } from '../../support/random.js';
import type { VoteQuality } from './results.js';

const FOLDS = 5;
/** Fewest graded questions, and fewest right and wrong ones among them, for a line with two numbers in each fold. */
const FEWEST = 50;
const FEWEST_OF_EACH = 10;

/** The probability that each question's voted answer is right, and how good these probabilities are. */
interface Calibrated {
  probability: Probabilities;
  quality: NonNullable<VoteQuality['probability']>;
}

/**
 * Calibrates the logits of the majorities (Platt scaling). The probability of a graded question comes from the folds
 * that do not hold it, that of any other question from all graded ones. `counts` says what each question counts. Null if fewer than 50 questions are graded, or
 * fewer than 10 of them right or wrong.
 */
export function calibrated(
  logit: Float64Array,
  grade: Float64Array,
  { counts, seed }: { counts: Float64Array; seed: number },
): Calibrated | null {
  const rows = Int32Array.from(grade.keys()).filter((i) => !Number.isNaN(grade[i]));
  const right = rows.reduce((sum, i) => sum + grade[i], 0);
  if (rows.length < FEWEST || right < FEWEST_OF_EACH || rows.length - right < FEWEST_OF_EACH) return null;
  const fold = new Int32Array(grade.length).fill(-1);
  random(seed)
    .fork('vote')
    .shuffle(rows.slice())
    .forEach((row, i) => {
      fold[row] = i % FOLDS;
    });
  const mean = rows.reduce((sum, i) => sum + counts[i], 0) / rows.length;
  const weight = counts.map((count) => count / mean);
  const probability = new Float64Array(grade.length);
  for (let f = -1; f < FOLDS; f++) {
    const fit = rows.filter((i) => fold[i] !== f);
    const line = platt.fit(pick(logit, fit), pick(grade, fit), pick(weight, fit));
    const held = Int32Array.from(grade.keys()).filter((i) => fold[i] === f);
    const values = platt.apply(line, pick(logit, held));
    held.forEach((row, i) => {
      probability[row] = values[i];
    });
  }
  const scored = { probability: pick(probability, rows), label: pick(grade, rows), weight: pick(weight, rows) };
  const found = bootstrap([logLossMetric, aurocMetric, eceMetric], scored, random(seed));
  const { logLoss, auroc, ece } = found;
  return { probability, quality: { calibrator: platt.name, folds: FOLDS, logLoss, auroc, ece } };
}
