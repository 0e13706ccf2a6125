import type { Logged } from '../token-list.js';

/** One turn of a conversation: role, text, and media (images and audio by address or hash). */
export interface Turn {
  role: string;
  text: string;
  media: readonly string[];
}

/** A conversation before the answer, and its system text. */
export interface Conversation {
  turns: Turn[];
  system: string;
}

/** Roles of texts that frame a conversation and are not turns. */
const SYSTEM = ['system', 'developer'];

/**
 * The conversation before an answer: `messages`, or `prompt` as a single user turn. If the last message is the answer
 * itself, it is left out.
 */
export function conversationOf({ answer, messages, prompt }: Logged): Conversation {
  const turns: Turn[] = [];
  const system: string[] = [];
  for (const { role, content, media } of messages ?? []) {
    const text = content ?? '';
    if (SYSTEM.includes(role)) system.push(text);
    else turns.push({ role, text: role === 'assistant' ? text.trim() : text, media: media ?? [] });
  }
  const last = turns.at(-1);
  if (last?.role === 'assistant' && last.text === answer?.trim()) turns.pop();
  if (turns.length === 0 && prompt != null) turns.push({ role: 'user', text: prompt, media: [] });
  const isEmpty = turns.every(({ text, media }) => text === '' && media.length === 0);
  return { turns: isEmpty ? [] : turns, system: system.join('\n') };
}

/** Whether a record does not show which question it answers: it has no conversation, neither as turns nor as an id. */
export function tellsNothing(record: Logged): boolean {
  if (record.prompt != null && record.prompt !== '') return false;
  return record.conversation == null && conversationOf(record).turns.length === 0;
}
