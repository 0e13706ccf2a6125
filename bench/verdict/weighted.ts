import { random } from '../../support/random.js';
import type { AcceptedQuestions } from './said.js';

/** Answers of several strata, drawn with unequal chances and weighted accordingly, one per question. */
export interface Strata {
  name: string;
  /** Share of the drawn answers, weight of each, and its error rate as a multiple of the target; null: what is left. */
  strata: [share: number, weight: number, error: number | null][];
}

export const weighted: Strata[] = [
  {
    name: 'weights 1 and 5, the heavy err more',
    strata: [
      [0.5, 1, 0.2],
      [0.5, 5, null],
    ],
  },
  {
    name: 'weights 1 and 9, the heavy err less',
    strata: [
      [0.9, 1, null],
      [0.1, 9, 0.5],
    ],
  },
  {
    name: 'weights 1 and 9, the heavy err more',
    strata: [
      [0.9, 1, 0.2],
      [0.1, 9, null],
    ],
  },
];

/** A large population of such answers, whose share of errors is `alpha` but for rounding. */
export function strataQuestions({ name, strata }: Strata, alpha: number, n = 20_000): AcceptedQuestions {
  const weightOf = ([share, weight]: Strata['strata'][number]) => share * weight;
  const total = strata.reduce((sum, one) => sum + weightOf(one), 0);
  const known = strata.reduce((sum, one) => sum + weightOf(one) * (one[2] ?? 0) * alpha, 0);
  const draw = random(name);
  const mass: number[] = [];
  const wrong: number[] = [];
  for (const one of strata) {
    const error = one[2] === null ? (alpha * total - known) / weightOf(one) : one[2] * alpha;
    const count = Math.round(one[0] * n);
    const failures = Math.round(error * count);
    for (let i = 0; i < count; i++) {
      mass.push(one[1]);
      wrong.push(i < failures ? one[1] : 0);
    }
  }
  const order = draw.shuffle(Int32Array.from(mass.keys()));
  const sums = {
    mass: Float64Array.from(order, (i) => mass[i]),
    wrong: Float64Array.from(order, (i) => wrong[i]),
  };
  const all = (values: Float64Array) => values.reduce((sum, value) => sum + value, 0);
  return { ...sums, error: all(sums.wrong) / all(sums.mass) };
}
