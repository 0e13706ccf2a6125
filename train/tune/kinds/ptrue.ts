import { truthMessages } from '../../../data/ask/requests/judging.js';
import type { Graded } from '../graded.js';
import type { Example, Turn } from '../results.js';

/**
 * A P(True) probe: shows question, context and answer, and asks whether the answer is correct; the target is the word
 * that says so. The words are those of `vouch enrich --ptrue`; with `examples`, so are the examples before them.
 * Source: Kapoor et al. 2024, "Large Language Models Must Be Taught to Know What They Don't Know" (LoRA + Prompt).
 */
export function probeOf(graded: Graded, examples: boolean): Example {
  const { id, group, model, task, text, answer, right } = graded;
  return {
    ...{ id, group, model, task, label: right ? 'right' : 'wrong' },
    prompt: truthMessages(text, answer, { examples }) as Turn[],
    target: { completion: right ? 'True' : 'False' },
  };
}
