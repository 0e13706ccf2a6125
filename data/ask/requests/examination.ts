import type { Message } from '../../record.js';

/**
 * The prompts of a cross-examination, in our own words. The examiner asks for what would show whether an answer holds;
 * the model that answered replies; the examiner decides. Each text is one user turn, so that turns alternate.
 */

const MORE =
  'Ask short questions whose replies would show whether the answer is right: about its facts, its steps and what ' +
  'follows from it. Do not name the answer that you expect. If you need no reply to decide, write only DONE.';

/** Opens the examination: shows question and answer, and asks the examiner for its first questions. */
export function openingTurn(question: string, answer: string): Message {
  const content =
    `Question: ${question}\nAnswer of another model: ${answer}\n\n` +
    `You examine whether this answer is right. The other model will reply to your questions. ${MORE}`;
  return { role: 'user', content };
}

/** Puts the examiner's questions to the model that answered. */
export function questionsTurn(questions: string): Message {
  return { role: 'user', content: `Reply to these questions, each in one sentence:\n${questions}` };
}

/** Shows the examiner the replies, and asks for further questions. */
export function repliesTurn(replies: string): Message {
  return { role: 'user', content: `The other model replied:\n${replies}\n\n${MORE}` };
}

/** Shows the examiner the last replies, if there are any, and asks for its verdict. */
export function verdictTurn(replies: string | null): Message {
  const shown = replies === null ? '' : `The other model replied:\n${replies}\n\n`;
  const content =
    `${shown}Decide now. Replies that contradict the answer or each other speak against it. Is the answer to the ` +
    'question right? Reply with one word, True or False.';
  return { role: 'user', content };
}

/** Whether the examiner has no further question. */
export function hasNoQuestion(text: string): boolean {
  return text === '' || /^\W*(done|no (further|more|other) questions?)\b/i.test(text);
}
