import { withContext } from '../../data/ask/lay-out.js';
import type { Message } from '../../data/record.js';
import { readFacts } from '../../examples/make/facts.js';
import { contextTemplate, prefixes, questions } from '../../examples/make/questions.js';

/** A question as both models are asked it, with the right answer. */
export interface Asking {
  id: string;
  task: string;
  messages: Message[];
  reference: string[];
  grader: string;
}

/** Kinds with short open answers and short prompts. Of choices and yes-or-no, small models know too little. */
const KINDS = ['arithmetic', 'letters', 'facts'];

/** Examples of each kind before every question. All questions have the same, so that servers cache the beginning. */
const EXAMPLES = 2;

/** Open questions of the shipped generator, one wording each, with the same examples before all of them. */
export function askings(count: number, seed: number, root: string): Asking[] {
  const kinds = prefixes();
  const before = KINDS.flatMap((kind) => kinds[kind].slice(0, 2 * EXAMPLES));
  const first = new Set<string>();
  const all = questions(seed, 2 * count, readFacts(root)).filter(({ task, group }) => {
    if (!KINDS.includes(task) || first.has(group)) return false;
    first.add(group);
    return true;
  });
  return all.slice(0, count).map(({ group, task, prompt, context, reference, grader }) => {
    const content = withContext(prompt, context ?? [], contextTemplate);
    return { id: group, task, messages: [...before, { role: 'user', content }], reference, grader };
  });
}

/** What every request has, of the log and of the clients. */
export const DECODING = { temperature: 0, max_tokens: 24, stop: ['\n'] };
