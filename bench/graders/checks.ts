import { ppiMean, sharePseudo as pseudo } from '../../metrics/interval/ppi.js';
import type { Random } from '../../support/random.js';
import type { TrainingData } from '../../train/prepare/training-data.js';

/**
 * How often, over draws of checked answers, a 95% interval contains the share that people grade as right, and its mean
 * width.
 */
export interface CheckDraws {
  held: number;
  width: number;
  value: number;
}

/** A copy of the human labels of `rows` where only `checks` answers, drawn at random, are kept. */
function drawChecks(human: Float64Array, checks: number, random: Random): Float64Array {
  const kept = new Float64Array(human.length).fill(Number.NaN);
  const order = random.shuffle(Int32Array.from(human.keys()));
  for (const i of order.subarray(0, checks)) kept[i] = human[i];
  return kept;
}

/**
 * Share right over `rows` from `checks` human checks and all automatic grades, from the checks alone, from the grades
 * alone.
 */
export function drawnChecks(
  data: TrainingData,
  rule: Float64Array,
  rows: Int32Array,
  checks: number,
  draws: number,
  random: Random,
): Record<'both' | 'people' | 'grader', CheckDraws> {
  const human = Float64Array.from(rows, (row) => data.y[row]);
  const automatic = Float64Array.from(rows, (row) => rule[row]);
  const group = rows.map((row) => data.group[row]);
  const truth = human.reduce((sum, y) => sum + y, 0) / human.length;
  const of = (ways: (kept: Float64Array) => ReturnType<typeof ppiMean>): CheckDraws => {
    const total = { held: 0, width: 0, value: 0 };
    const draw = random.fork('checks');
    for (let d = 0; d < draws; d++) {
      const { value, low, high } = ways(drawChecks(human, checks, draw)).mean;
      total.held += Number((low as number) <= truth && truth <= (high as number)) / draws;
      total.width += ((high as number) - (low as number)) / draws;
      total.value += (value as number) / draws;
    }
    return total;
  };
  return {
    both: of((kept) => ppiMean({ human: kept, automatic, group }, { level: 0.95, pseudo })),
    people: of((kept) => ppiMean({ human: kept, automatic, group }, { level: 0.95, lambda: 0, pseudo })),
    grader: of(() => ppiMean({ human: automatic, automatic, group }, { level: 0.95, pseudo })),
  };
}
