import type { Message } from '../record.js';
import { type Askable, withContext } from './lay-out.js';

/**
 * Few-shot judging prompts that show a proposed answer: how sure (stated), true or false (P(True), judge). No system
 * message, so that base models with a plain template take them too; right and wrong examples alternate.
 */
interface Example {
  question: string;
  answer: string;
  sure: number;
}

const EXAMPLES: readonly Example[] = [
  { question: 'What is the capital of Japan?', answer: 'Tokyo', sure: 95 },
  { question: 'What is 17 + 26?', answer: '53', sure: 10 },
  { question: 'Which gas do plants take in from the air?', answer: 'carbon dioxide', sure: 90 },
  { question: 'Who wrote the novel "Emma"?', answer: 'Charlotte Brontë', sure: 20 },
  { question: 'What is 40 + 9?', answer: '49', sure: 85 },
  { question: 'How many legs does an ant have?', answer: '8', sure: 30 },
];

/** The question as a judge reads it: its passages and prompt, or the turns of a conversation. */
export function questionText(item: Askable, template: string): string {
  const turns = (item.messages ?? []).filter((message) => message.role !== 'system');
  const asked =
    item.prompt ??
    (turns.length === 1
      ? (turns[0].content ?? '')
      : turns.map(({ role, content }) => `${role}: ${content ?? ''}`).join('\n'));
  return withContext(asked, item.context ?? [], template);
}

/**
 * Asks how sure one can be that the proposed answer is right, in per cent. A sentence, not a bare number: small models
 * then copy the proposed answer where it is a number itself.
 */
export function statedMessages(question: string, answer: string): Message[] {
  const ask = 'How sure are you that the proposed answer is right, from 0% to 100%? Reply: I am N% sure.';
  return turns(ask, question, answer, (example) => `I am ${example.sure}% sure.`);
}

/** Asks whether the proposed answer is right, True or False. Source: Kadavath et al. 2022, section 3, P(True). */
export function truthMessages(question: string, answer: string, references: readonly string[] = []): Message[] {
  const ask = 'Is the proposed answer right? Reply True or False.';
  const known = references.length === 0 ? question : `${question}\nKnown right answer: ${references.join(' or ')}`;
  return turns(ask, known, answer, (example) => (example.sure > 50 ? 'True' : 'False'));
}

function turns(ask: string, question: string, answer: string, verdict: (example: Example) => string): Message[] {
  const show = (q: string, a: string) => `Question: ${q}\nProposed answer: ${a}\n${ask}`;
  const shots = EXAMPLES.flatMap((example) => [
    { role: 'user', content: show(example.question, example.answer) },
    { role: 'assistant', content: verdict(example) },
  ]);
  return [...shots, { role: 'user', content: show(question, answer) }];
}
