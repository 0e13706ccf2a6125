import type { Logged } from '../token-list.js';

/** What one side said in a conversation, with what it showed: images and audio by address or hash. */
export interface Turn {
  role: string;
  text: string;
  media: readonly string[];
}

/** A conversation up to the answer, and the system text that it stood under. */
export interface Conversation {
  turns: Turn[];
  system: string;
}

/** Roles of texts that frame a conversation and are no turn of it. */
const SYSTEM = ['system', 'developer'];

/** The conversation before an answer: `messages`, or `prompt` as a single turn of the user. An answer that stands last in it is no part of it. */
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

/** Whether nothing says which question an answer is to: no conversation, in turns or by its id. */
export function tellsNothing(record: Logged): boolean {
  if (record.prompt != null && record.prompt !== '') return false;
  return record.conversation == null && conversationOf(record).turns.length === 0;
}
