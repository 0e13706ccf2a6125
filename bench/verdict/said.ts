import { random } from '../../support/random.js';
import { errorTest } from '../../train/verdict/error-test.js';
import { judged } from '../../train/verdict/verdicts.js';
import type { Answer } from '../certify-population.js';

/** The accepted answers of each question of a population that has any: their weight, and the weight of the wrong ones. */
export interface AcceptedQuestions {
  mass: Float64Array;
  wrong: Float64Array;
  /** The share of errors over all of them. */
  error: number;
}

/** What a threshold accepts of a population. */
export function acceptedOf(questions: readonly (readonly Answer[])[], threshold: number): AcceptedQuestions {
  const accepted = questions
    .map((answers) => answers.filter(({ probability }) => probability >= threshold))
    .filter((answers) => answers.length > 0);
  const sum = (of: (answer: Answer) => number) =>
    Float64Array.from(accepted, (answers) => answers.reduce((total, answer) => total + of(answer), 0));
  const mass = sum(({ weight }) => weight);
  const wrong = sum(({ weight, label }) => weight * (1 - label));
  const total = (values: Float64Array) => values.reduce((all, value) => all + value, 0);
  return { mass, wrong, error: total(wrong) / total(mass) };
}

/**
 * In how many draws of `questions` accepted questions the verdict on "at most `alpha` errors" is `broken` or `kept`, at
 * level `delta`.
 */
export function said(
  { mass, wrong }: Pick<AcceptedQuestions, 'mass' | 'wrong'>,
  { alpha, delta, questions, draws }: { alpha: number; delta: number; questions: number; draws: number },
): { broken: number; kept: number } {
  const counts = { broken: 0, kept: 0 };
  for (let k = 0; k < draws; k++) {
    const draw = random(`verdict ${k}`);
    const places = Int32Array.from({ length: questions }, () => draw.int(mass.length));
    const sums = { mass: Float64Array.from(places, (q) => mass[q]), wrong: Float64Array.from(places, (q) => wrong[q]) };
    const { verdict } = judged(errorTest(sums), { alpha, delta });
    if (verdict !== 'cannot tell') counts[verdict]++;
  }
  return counts;
}
