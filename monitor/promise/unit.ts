/** One drawn answer: the chance with which it was drawn, fixed before its label, and the label once it arrived. */
interface DrawnAnswer {
  id: string;
  chance: number;
  /** The probability that the answer is right, as the bundle said. */
  probability: number;
  /** 1 right, 0 wrong, between: a share; null until it arrives. */
  label: number | null;
}

/**
 * A question with accepted answers in one run, of which some were drawn for a label. Answers to one question depend on
 * each other, so the question is what counts: once per run, whatever its number of answers.
 */
export interface Unit {
  claim: string;
  /** Model and task, as a slice is shown; null if neither is known. */
  slice: string | null;
  /** Number of accepted answers that could have been drawn. */
  answers: number;
  /** Mean over these answers of 1 − probability. */
  expected: number;
  draws: DrawnAnswer[];
  /** Time after which missing labels are given up, in milliseconds. */
  due: number;
}

/** What to take for a label that is missing: the answer is right, is wrong, or is as the bundle expected. */
export type Missing = 'right' | 'wrong' | 'expected';

/**
 * G = (1/n) Σ (error − α) / chance over the drawn answers; its mean over the draws is the question's mean error minus α.
 * It lies within −α/floor and (1 − α)/floor.
 */
export function gainOf({ answers, draws }: Unit, alpha: number, missing: Missing): number {
  return draws.reduce((sum, draw) => sum + (errorOf(draw, missing) - alpha) / draw.chance, 0) / answers;
}

/**
 * The question's error, corrected by the drawn labels: expected + (1/n) Σ (error − expected error) / chance. Unbiased
 * for any probabilities; the better they are, the less it varies. Source: Zrnic & Candès 2024, "Active statistical
 * inference", eq. (2), prediction-powered with known sampling probabilities.
 */
export function correctedError({ answers, expected, draws }: Unit, missing: Missing): number {
  const correct = (draw: DrawnAnswer) => (errorOf(draw, missing) - (1 - draw.probability)) / draw.chance;
  return expected + draws.reduce((sum, draw) => sum + correct(draw), 0) / answers;
}

function errorOf({ label, probability }: DrawnAnswer, missing: Missing): number {
  if (label !== null) return 1 - label;
  return missing === 'expected' ? 1 - probability : missing === 'wrong' ? 1 : 0;
}

/** Number of drawn answers whose label has not arrived. */
export function missingOf({ draws }: Unit): number {
  return draws.filter(({ label }) => label === null).length;
}
