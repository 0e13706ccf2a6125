import { createHash } from 'node:crypto';
import { fieldAt } from './path.js';
import type { AnswerRecord } from './record.js';
import type { Answer } from './token-list.js';

/**
 * The question an answer belongs to; rows of one question never straddle a split. `--group-by FIELD` wins over the
 * record's `group`; without both, a hash of the prompt (not of the context); with neither, the row is its own group.
 */
export function groupOf(record: Answer, groupBy?: string): string {
  if (groupBy !== undefined) {
    const value = fieldAt(record, groupBy);
    if (value !== undefined && value !== null) return typeof value === 'object' ? JSON.stringify(value) : String(value);
  }
  if (record.group != null) return record.group;
  const prompt = promptOf(record);
  return prompt === ''
    ? `row:${record.id}`
    : `prompt:${createHash('sha256').update(prompt).digest('hex').slice(0, 16)}`;
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
