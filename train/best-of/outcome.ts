import { pick } from '../../support/pick.js';
import type { Field } from './field.js';
import { type Fit, probabilityOf } from './fitted.js';
import { chosenBy, type Policy } from './policy.js';

/** What a policy chose for askings that were held out, in their order. */
export interface Outcomes {
  grade: Float64Array;
  /** The calibrated probability of the chosen answer. */
  probability: Float64Array;
  promptTokens: Float64Array;
  completionTokens: Float64Array;
  /** How much each asking counts. */
  weight: Float64Array;
}

export function outcomesOf({ method }: Policy, field: Field, held: Int32Array, { line, distributions }: Fit): Outcomes {
  const { views, grades, weight } = field;
  const found: Outcomes = {
    grade: new Float64Array(held.length),
    probability: new Float64Array(held.length),
    promptTokens: Float64Array.from(held, (row) => views[row].cost.prompt),
    completionTokens: Float64Array.from(held, (row) => views[row].cost.completion),
    weight: pick(weight, held),
  };
  held.forEach((row, i) => {
    const distribution = distributions[row];
    const chosen = chosenBy(method, views[row], distribution);
    found.grade[i] = grades[row][chosen];
    found.probability[i] = probabilityOf(line, distribution, views[row].meaning[chosen]);
  });
  return found;
}

/** The outcomes of several splits, one after the other. */
export function joined(all: readonly Outcomes[]): Outcomes {
  const of = (key: keyof Outcomes) => Float64Array.from(all.flatMap((each) => [...each[key]]));
  return {
    grade: of('grade'),
    probability: of('probability'),
    promptTokens: of('promptTokens'),
    completionTokens: of('completionTokens'),
    weight: of('weight'),
  };
}
