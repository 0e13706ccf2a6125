import { withContext } from '../../data/ask/lay-out.js';
import type { Message } from '../../data/record.js';
import { readFacts } from '../../examples/make/facts.js';
import { contextTemplate, prefixes, questions } from '../../examples/make/questions.js';
import { random } from '../../support/random.js';

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

/** Questions are made all at once, so that their order does not depend on how many are used. */
const MADE = 3000;

/** Open questions of the shipped generator in random order, one wording each, all after the same examples. */
export function askings(seed: number, root: string): Asking[] {
  const kinds = prefixes();
  const before = KINDS.flatMap((kind) => kinds[kind].slice(0, 2 * EXAMPLES));
  const first = new Set<string>();
  const all = questions(seed, MADE, readFacts(root)).filter(({ task, group }) => {
    if (!KINDS.includes(task) || first.has(group)) return false;
    first.add(group);
    return true;
  });
  const order = random(seed).fork('order').shuffle(all);
  return order.map(({ group, task, prompt, context, reference, grader }) => {
    const content = withContext(prompt, context ?? [], contextTemplate);
    return { id: group, task, messages: [...before, { role: 'user', content }], reference, grader };
  });
}

/** What every request has, of the log and of the clients. */
export const DECODING = { temperature: 0, max_tokens: 24, stop: ['\n'] };
