import type { Asking } from './askings/askings.js';
import type { View } from './askings/view.js';
import type { FittedPolicy } from './certified-policy.js';
import { probabilityOf } from './fitted.js';
import { distributionOf } from './joint.js';
import { chosenBy } from './policy.js';
import type { Choice } from './results.js';

/** The row of an asking: the chosen answer, and the probability of each distinct answer, the most probable first. */
export function choiceOf({ method, joint, line }: FittedPolicy, { group }: Asking, view: View): Choice {
  const { candidates, meaning } = view;
  const distribution = distributionOf(joint, view);
  const chosen = chosenBy(method, view, distribution);
  const { id, sample, text } = candidates[chosen];
  const hypotheses = Array.from(distribution.answers, (probability, m) => ({
    answer: m === meaning[chosen] ? text : candidates[meaning.indexOf(m)].text,
    votes: meaning.filter((each) => each === m).length,
    probability,
  })).sort((a, b) => b.probability - a.probability);
  return {
    ...{ id, sample, group, answer: text, method, of: candidates.length },
    probability: probabilityOf(line, distribution, meaning[chosen]),
    ...{ none: distribution.none, answers: hypotheses, selected: true },
  };
}
