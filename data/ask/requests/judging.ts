import type { Message } from '../../record.js';
import { type Askable, withContext } from '../lay-out.js';

/** An answer to be judged, with its question as text. */
export interface ProposedAnswer {
  id: string;
  question: string;
  answer: string;
}

interface Example {
  question: string;
  answer: string;
  right: string;
  sure: number;
}

/**
 * Few-shot examples for the prompts that judge a proposed answer: how sure (stated confidence), or true or false
 * (P(True), judge). There is no system message, so that base models with a plain template accept the prompts. Correct
 * and wrong examples alternate.
 */
const EXAMPLES: readonly Example[] = [
  { question: 'What is the capital of Japan?', answer: 'Tokyo', right: 'Tokyo', sure: 95 },
  { question: 'What is 17 + 26?', answer: '53', right: '43', sure: 10 },
  {
    question: 'Which gas do plants take in from the air?',
    answer: 'carbon dioxide',
    right: 'carbon dioxide',
    sure: 90,
  },
  { question: 'Who wrote the novel "Emma"?', answer: 'Charlotte Brontë', right: 'Jane Austen', sure: 20 },
  { question: 'What is 40 + 9?', answer: '49', right: '49', sure: 85 },
  { question: 'How many legs does an ant have?', answer: '8', right: '6', sure: 30 },
];

/**
 * The question as a judge reads it: its passages (`reversed`: the last one first) and prompt, or the turns of a
 * conversation. '' if there is none.
 */
export function questionText(item: Askable, template: string, reversed = false): string {
  const turns = (item.messages ?? []).filter((message) => message.role !== 'system');
  const said = turns.map(({ role, content }) => (turns.length === 1 ? (content ?? '') : `${role}: ${content ?? ''}`));
  return withContext(item.prompt ?? said.join('\n'), item.context ?? [], template, reversed);
}

/**
 * Asks how sure the model is that the proposed answer is correct, in per cent. It asks for a sentence, because small
 * models that are asked for a bare number copy the proposed answer where that is a number.
 */
export function statedMessages(question: string, answer: string): Message[] {
  const ask = 'How sure are you that the proposed answer is right, from 0% to 100%? Reply: I am N% sure.';
  const show = (q: string, a: string) => `Question: ${q}\nProposed answer: ${a}\n${ask}`;
  const shots = EXAMPLES.map((shot) => ({ asked: show(shot.question, shot.answer), said: `I am ${shot.sure}% sure.` }));
  return turns(shots, show(question, answer));
}

/**
 * References to compare with, whether the two verdicts are named in the other order, and whether the examples come first
 * (they do by default).
 */
interface TruthOptions {
  references?: readonly string[];
  swapped?: boolean;
  examples?: boolean;
}

/**
 * Asks whether the proposed answer is correct, True or False. With references, it asks whether the answer agrees with
 * one of them. Source: Kadavath et al. 2022, section 4.1, P(True); there the options are (A) True and (B) False.
 */
export function truthMessages(
  question: string,
  answer: string,
  { references = [], swapped = false, examples = true }: TruthOptions = {},
): Message[] {
  const ask = `Is the proposed answer right? Reply ${swapped ? 'False or True' : 'True or False'}.`;
  const show = (q: string, a: string, right: string) => {
    const known = references.length === 0 ? '' : `Known right answer: ${right}\n`;
    return `Question: ${q}\n${known}Proposed answer: ${a}\n${ask}`;
  };
  const shots = (examples ? EXAMPLES : []).map((shot) => ({
    asked: show(shot.question, shot.answer, shot.right),
    said: shot.answer === shot.right ? 'True' : 'False',
  }));
  return turns(shots, show(question, answer, references.join(' or ')));
}

function turns(shots: readonly { asked: string; said: string }[], question: string): Message[] {
  const before = shots.flatMap(({ asked, said }) => [
    { role: 'user', content: asked },
    { role: 'assistant', content: said },
  ]);
  return [...before, { role: 'user', content: question }];
}
