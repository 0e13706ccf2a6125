import type { Scored } from '../metrics/scored.js';
import type { Random } from '../support/random.js';

/** Answers by question, all of them known: what is drawn from it can be held against the truth. */
export interface Population {
  questions: { probability: number; label: number; weight: number }[][];
}

export interface PopulationKind {
  name: string;
  /** Answers a question has, at least and at most. */
  answers: [number, number];
  /** Chance that an answer errs with its question instead of on its own. */
  together: number;
  /** Mean logit; with it the share right. */
  level: number;
  /** How much the logit varies between and within questions: how well answers can be told apart. */
  between: number;
  within: number;
  soft?: boolean;
  weighted?: boolean;
}

/** Kinds of grouped answers that certification must stand. */
export const kinds: PopulationKind[] = [
  { name: 'one answer a question', answers: [1, 1], together: 0, level: 1.5, between: 1, within: 1 },
  { name: 'five answers, errors apart', answers: [5, 5], together: 0, level: 1.5, between: 1, within: 1 },
  { name: 'five answers, errors together', answers: [5, 5], together: 0.6, level: 1.5, between: 1.4, within: 0.4 },
  { name: 'five copies of one answer', answers: [5, 5], together: 1, level: 1.5, between: 1.5, within: 0 },
  {
    name: 'one to eight, soft labels',
    answers: [1, 8],
    together: 0.6,
    level: 1.5,
    between: 1.4,
    within: 0.4,
    soft: true,
  },
  {
    name: 'one to eight, weighted',
    answers: [1, 8],
    together: 0.6,
    level: 1.5,
    between: 1.4,
    within: 0.4,
    weighted: true,
  },
];

export function makePopulation(kind: PopulationKind, questions: number, random: Random): Population {
  const { answers, together, level, between, within, soft = false, weighted = false } = kind;
  return {
    questions: Array.from({ length: questions }, () => {
      const common = random.normal();
      const luck = random.next();
      const count = answers[0] + random.int(answers[1] - answers[0] + 1);
      return Array.from({ length: count }, () => {
        const probability = 1 / (1 + Math.exp(-(level + between * common + within * random.normal())));
        const right = (random.next() < together ? luck : random.next()) < probability ? 1 : 0;
        return {
          probability,
          label: soft ? Math.round(10 * (0.8 * right + 0.2 * random.next())) / 10 : right,
          weight: weighted ? 0.5 + random.next() : 1,
        };
      });
    }),
  };
}

/** Questions drawn with replacement, each drawn one a group of its own. */
export function drawQuestions(
  { questions }: Population,
  count: number,
  random: Random,
): Scored & { group: Int32Array } {
  const rows = Array.from({ length: count }, (_, g) =>
    questions[random.int(questions.length)].map((answer) => ({ ...answer, g })),
  ).flat();
  return {
    probability: Float64Array.from(rows, (row) => row.probability),
    label: Float64Array.from(rows, (row) => row.label),
    weight: Float64Array.from(rows, (row) => row.weight),
    group: Int32Array.from(rows, (row) => row.g),
  };
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

/** The coverage that knowing the truth would allow: that of the loosest threshold with risk ≤ α. */
export function oracleCoverage({ questions }: Population, alpha: number): number {
  const answers = questions.flat().sort((a, b) => b.probability - a.probability);
  const total = answers.reduce((sum, { weight }) => sum + weight, 0);
  let wrong = 0;
  let accepted = 0;
  let best = 0;
  for (const { label, weight } of answers) {
    accepted += weight;
    wrong += weight * (1 - label);
    if (wrong <= alpha * accepted) best = accepted / total;
  }
  return best;
}
