/**
 * Weighted log-loss of each test question, divided by the weight of all test rows. The sum over questions is a draw's
 * log-loss.
 */
export type QuestionLosses = readonly number[];

/** A mean paired difference of log-loss and its standard errors. */
export interface Difference {
  mean: number;
  /** Standard error over draws: with other labels from the same half, judged on the same test half. */
  overDraws: number;
  /**
   * Standard error that also covers another test half: the root of the summed squares of that over draws and that over
   * questions.
   */
  overBoth: number;
}

/** Two-sided 95% of the normal distribution. */
const Z95 = 1.96;

/** Ours minus a rival's on the draws of one set. `share` is each question's share of the weight of all test rows. */
export function differenceOf(
  ours: readonly QuestionLosses[],
  rival: readonly QuestionLosses[],
  share: readonly number[],
): Difference {
  const byDraw = ours.map((losses, k) => losses.reduce((sum, loss, q) => sum + loss - rival[k][q], 0));
  const draws = byDraw.length;
  const mean = byDraw.reduce((sum, x) => sum + x, 0) / draws;
  const square = byDraw.reduce((sum, x) => sum + (x - mean) ** 2, 0);
  const overDraws = Math.sqrt(square / Math.max(draws - 1, 1) / draws);
  const questions = share.length;
  let residuals = 0;
  for (let q = 0; q < questions; q++) {
    const own = ours.reduce((sum, losses, k) => sum + losses[q] - rival[k][q], 0) / draws;
    residuals += (own - share[q] * mean) ** 2;
  }
  const overQuestions = Math.sqrt((residuals * questions) / Math.max(questions - 1, 1));
  return { mean, overDraws, overBoth: Math.hypot(overDraws, overQuestions) };
}

/** The mean over sets with equal weights. The sets are fixed, not a sample of others. */
export function meanOverSets(sets: readonly Difference[]): Difference {
  const n = sets.length;
  return {
    mean: sets.reduce((sum, { mean }) => sum + mean, 0) / n,
    overDraws: Math.hypot(...sets.map(({ overDraws }) => overDraws)) / n,
    overBoth: Math.hypot(...sets.map(({ overBoth }) => overBoth)) / n,
  };
}

/** Upper end of the 95% interval. */
export function upper(mean: number, error: number): number {
  return mean + Z95 * error;
}
