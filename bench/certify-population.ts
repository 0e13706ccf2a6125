import type { Scored } from '../metrics/scored.js';
import type { Random } from '../support/random.js';

export interface Answer {
  probability: number;
  label: number;
  weight: number;
  slice?: string;
}

/** Answers by question, all of them known, so that results on draws can be compared with the truth. */
export interface Population {
  questions: Answer[][];
}

export interface PopulationKind {
  name: string;
  /** The least and the greatest number of answers per question. */
  answers: [number, number];
  /** Probability that an answer's error is shared by its question instead of independent. */
  together: number;
  /** Mean logit. It determines the share of right answers. */
  level: number;
  /** How much the logit varies between and within questions, which determines how well answers can be distinguished. */
  between: number;
  within: number;
  soft?: boolean;
  weighted?: boolean;
  /** How much the logit decreases per answer of a question, unknown to the score: larger questions are harder. */
  harder?: number;
}

/** Kinds of grouped answers on which certification must be valid. */
export const kinds: PopulationKind[] = [
  { name: 'one answer a question', answers: [1, 1], together: 0, level: 2, between: 1.5, within: 1.5 },
  { name: 'five answers, errors apart', answers: [5, 5], together: 0, level: 2, between: 1.5, within: 1.5 },
  { name: 'five answers, errors together', answers: [5, 5], together: 0.6, level: 2, between: 2, within: 0.5 },
  { name: 'five copies of one answer', answers: [5, 5], together: 1, level: 2, between: 2, within: 0 },
  {
    name: 'one to eight, soft labels',
    answers: [1, 8],
    together: 0.6,
    level: 2.5,
    between: 2,
    within: 0.5,
    soft: true,
  },
  { name: 'one to eight, weighted', answers: [1, 8], together: 0.6, level: 2, between: 2, within: 0.5, weighted: true },
  {
    name: 'one to eight, more answers err more',
    answers: [1, 8],
    together: 0.6,
    level: 2,
    between: 2,
    within: 0.5,
    harder: 0.15,
  },
];

export function makePopulation(kind: PopulationKind, questions: number, random: Random): Population {
  const { answers, together, level, between, within, soft = false, weighted = false, harder = 0 } = kind;
  return {
    questions: Array.from({ length: questions }, () => {
      const common = random.normal();
      const luck = random.next();
      const count = answers[0] + random.int(answers[1] - answers[0] + 1);
      return Array.from({ length: count }, () => {
        const logit = level + between * common + within * random.normal();
        const probability = 1 / (1 + Math.exp(-logit));
        const chance = 1 / (1 + Math.exp(harder * (count - 3) - logit));
        const right = (random.next() < together ? luck : random.next()) < chance ? 1 : 0;
        return {
          probability,
          label: soft && right === 0 ? Math.round(6 * random.next()) / 10 : right,
          weight: weighted ? 0.5 + random.next() : 1,
        };
      });
    }),
  };
}

/** Questions drawn with replacement. Each drawn question is its own group. */
export function drawQuestions(
  { questions }: Population,
  count: number,
  random: Random,
): Scored & { group: Int32Array } {
  const drawn = Array.from({ length: count }, () => questions[random.int(questions.length)]);
  const n = drawn.reduce((sum, answers) => sum + answers.length, 0);
  const columns = () => new Float64Array(n);
  const rows = { probability: columns(), label: columns(), weight: columns(), group: new Int32Array(n) };
  let i = 0;
  drawn.forEach((answers, g) => {
    for (const { probability, label, weight } of answers) {
      rows.probability[i] = probability;
      rows.label[i] = label;
      rows.weight[i] = weight;
      rows.group[i++] = g;
    }
  });
  return rows;
}

/** The true share of errors among what a threshold accepts, and the share of the weight it accepts. */
export function truthAt({ questions }: Population, threshold: number): { risk: number; coverage: number } {
  let wrong = 0;
  let accepted = 0;
  let total = 0;
  for (const { probability, label, weight } of questions.flat()) {
    total += weight;
    if (probability < threshold) continue;
    accepted += weight;
    wrong += weight * (1 - label);
  }
  return { risk: accepted > 0 ? wrong / accepted : 0, coverage: accepted / total };
}

/**
 * The loosest threshold whose true risk is at most α, with its exact risk and coverage: the best that is possible with
 * known truth.
 */
export function oracle(
  { questions }: Population,
  alpha: number,
): { threshold: number; risk: number; coverage: number } {
  const answers = questions.flat().sort((a, b) => b.probability - a.probability);
  const total = answers.reduce((sum, { weight }) => sum + weight, 0);
  let wrong = 0;
  let accepted = 0;
  let best = { threshold: 1, risk: 0, coverage: 0 };
  answers.forEach(({ probability, label, weight }, i) => {
    accepted += weight;
    wrong += weight * (1 - label);
    if (wrong > alpha * accepted || answers[i + 1]?.probability === probability) return;
    best = { threshold: probability, risk: wrong / accepted, coverage: accepted / total };
  });
  return best;
}
