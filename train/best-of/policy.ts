import { majorityOf } from '../vote/majority.js';
import type { View } from './askings/view.js';
import type { Distribution } from './joint.js';

/** Ways to choose one of several answers; docs/best-of.md says what each does. */
export const METHODS = ['first', 'vote', 'weighted', 'best', 'joint', 'revision'] as const;
export type Method = (typeof METHODS)[number];

/** A method with the number of answers that it asks for; for `revision`, the most attempts. */
export interface Policy {
  method: Method;
  of: number;
}

/** The candidate that a method chooses. Ties go to the earlier one. */
export function chosenBy(method: Method, view: View, { answers }: Distribution): number {
  const { candidates, meaning, probability } = view;
  if (method === 'first') return 0;
  if (method === 'vote') return majorityOf(meaning, new Float64Array(candidates.length).fill(1)).chosen;
  if (method === 'weighted') return majorityOf(meaning, weightsOf(view)).chosen;
  if (method === 'best') return highest(probability);
  if (method === 'joint') {
    const m = highest(answers);
    const weights = weightsOf(view);
    return highest(weights.map((weight, i) => (meaning[i] === m ? weight : -1)));
  }
  const recorded = candidates.findIndex(({ isChosen }) => isChosen);
  return recorded >= 0 ? recorded : highest(probability);
}

/** The bundle's probability of each candidate, else that of its tokens, else 1; the same kind for all. */
function weightsOf({ candidates, probability }: View): Float64Array {
  if (!probability.some(Number.isNaN)) return probability;
  const tokens = Float64Array.from(candidates, (candidate) => candidate.tokens);
  return tokens.some(Number.isNaN) ? tokens.fill(1) : tokens;
}

function highest(values: Float64Array): number {
  let best = 0;
  for (let i = 1; i < values.length; i++) if (values[i] > values[best]) best = i;
  return best;
}
