import { groupMaker } from './group/maker.js';
import type { AnswerRecord } from './record.js';
import type { Logged } from './token-list.js';

/**
 * The question that an answer belongs to, as far as the answer alone shows it. Answers to one question always go to the
 * same part of a split. For many answers use `groupMaker`, which also detects which of them belong to one conversation.
 */
export function groupOf(record: Logged, groupBy?: string): string {
  const maker = groupMaker(groupBy);
  maker.add(record);
  return maker.finish().groups[0];
}

/** The question as text: `prompt`, else the last user message, else ''. */
export function promptOf(record: Pick<AnswerRecord, 'prompt' | 'messages'>): string {
  if (record.prompt != null) return record.prompt;
  const messages = record.messages;
  if (messages == null) return '';
  for (let i = messages.length - 1; i >= 0; i--) {
    if (messages[i].role === 'user') return messages[i].content ?? '';
  }
  return '';
}

export { fieldAt } from './path.js';
