import type { Message } from '../record.js';

/** The fields that a request is built from; a question or an existing answer has them. */
export interface Askable {
  prompt?: string | null;
  messages?: Message[] | null;
  context?: string[] | null;
}

/** Whether there is a question. */
export function isAskable({ prompt, messages }: Askable): boolean {
  return prompt != null || (messages ?? []).length > 0;
}

/**
 * The messages to send: the prefix, then the question's messages or its prompt as one user message. The passages of
 * `context` are inserted into the last user message (or the last message, if there is none) by the template ({context},
 * {prompt}). Several passages are numbered [1], [2], ….
 */
export function layOut(item: Askable, prefix: readonly Message[], template: string): Message[] {
  const own = item.messages ?? [{ role: 'user', content: item.prompt ?? '' }];
  const context = item.context ?? [];
  if (context.length === 0) return [...prefix, ...own];
  const asked = own.findLastIndex((message) => message.role === 'user');
  const last = asked < 0 ? own.length - 1 : asked;
  const laid = own.map((message, i) =>
    i === last ? { ...message, content: withContext(message.content ?? '', context, template) } : message,
  );
  return [...prefix, ...laid];
}

/**
 * Inserts the passages and the prompt into the template. `reversed` lists the passages from the last to the first; each
 * keeps its number, because answers refer to it.
 */
export function withContext(prompt: string, context: readonly string[], template: string, reversed = false): string {
  if (context.length === 0) return prompt;
  const listed = context.length === 1 ? [...context] : context.map((text, i) => `[${i + 1}] ${text}`);
  const passages = (reversed ? listed.reverse() : listed).join('\n');
  return template.replace(/\{(context|prompt)\}/g, (_, name) => (name === 'context' ? passages : prompt));
}
