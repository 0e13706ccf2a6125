import type { Manifest } from '../../models/bundle/manifest.js';
import type { AnswerScore } from '../../scorer/scorer.js';

/** The decisions on the answers of one scenario in one draw. Wrong answers are counted by their exact probability. */
export interface Outcome {
  answers: number;
  accepted: number;
  wrong: number;
  /** What the thresholds alone would have accepted, without shifted answers. */
  above: number;
  aboveWrong: number;
}

export function outcomeOf(
  scores: readonly AnswerScore[],
  rows: readonly number[],
  { thresholds, chance }: Pick<Manifest, 'thresholds'> & { chance: Float64Array },
): Outcome {
  const least = new Map(thresholds.map(({ pattern, threshold }) => [pattern, threshold ?? Number.POSITIVE_INFINITY]));
  const found = { answers: scores.length, accepted: 0, wrong: 0, above: 0, aboveWrong: 0 };
  scores.forEach(({ decision, probability, shift, pattern }, i) => {
    const risk = 1 - chance[rows[i]];
    if (decision === 'accept') {
      found.accepted++;
      found.wrong += risk;
    }
    if (probability >= (least.get(pattern) ?? Number.POSITIVE_INFINITY) && !(shift > 1)) {
      found.above++;
      found.aboveWrong += risk;
    }
  });
  return found;
}
