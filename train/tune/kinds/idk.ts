import type { Graded } from '../graded.js';
import type { Example } from '../results.js';

/**
 * The model's own answer where it was right and no passage of the context contradicts it; else the text that abstains.
 * After Zhang et al. 2024, "R-Tuning: Instructing Large Language Models to Say 'I Don't Know'", who also divide
 * questions by whether the model's own answer was right.
 */
export function knownOrNot(graded: Graded, abstain: string): Example {
  const { id, group, model, task, turns, answer, right, conflicts } = graded;
  const keeps = right && !conflicts;
  return {
    ...{ id, group, model, task, label: keeps ? 'answer' : 'abstain' },
    prompt: turns,
    target: { completion: keeps ? answer : abstain },
  };
}
