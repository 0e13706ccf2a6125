import { type Fields, isObject } from '../../data/check-value.js';
import { append } from '../../support/append.js';

/** Puts the chunks of a stream together into the completion it would have been without streaming. */
export interface Gathering {
  add(chunk: unknown): void;
  completion(): Fields;
}

interface Gathered {
  index: number;
  message: {
    role: string;
    content: string | null;
    refusal?: string;
    reasoning_content?: string;
    tool_calls?: unknown[];
  };
  logprobs: { content: unknown[]; refusal?: unknown[] } | null;
  finish_reason: unknown;
}

export function gathering(): Gathering {
  const head: Fields = {};
  const choices = new Map<number, Gathered>();

  const add = (chunk: unknown) => {
    if (!isObject(chunk)) return;
    for (const key of ['id', 'created', 'model']) head[key] ??= chunk[key];
    if (!Array.isArray(chunk.choices)) return;
    for (const part of chunk.choices) {
      if (!isObject(part)) continue;
      const index = typeof part.index === 'number' ? part.index : 0;
      let choice = choices.get(index);
      if (choice === undefined) {
        choice = { index, message: { role: 'assistant', content: null }, logprobs: null, finish_reason: null };
        choices.set(index, choice);
      }
      if (part.finish_reason != null) choice.finish_reason = part.finish_reason;
      if (isObject(part.delta)) addDelta(choice.message, part.delta);
      if (isObject(part.logprobs)) addLogprobs(choice, part.logprobs);
    }
  };
  return {
    add,
    completion: () => ({ ...head, choices: [...choices.values()].sort((a, b) => a.index - b.index) }),
  };
}

function addDelta(message: Gathered['message'], delta: Fields): void {
  if (typeof delta.content === 'string') message.content = (message.content ?? '') + delta.content;
  if (typeof delta.refusal === 'string') message.refusal = (message.refusal ?? '') + delta.refusal;
  const thought = delta.reasoning_content ?? delta.reasoning;
  if (typeof thought === 'string') message.reasoning_content = (message.reasoning_content ?? '') + thought;
  if (Array.isArray(delta.tool_calls)) append((message.tool_calls ??= []), delta.tool_calls);
}

function addLogprobs(choice: Gathered, logprobs: Fields): void {
  if (Array.isArray(logprobs.content)) append((choice.logprobs ??= { content: [] }).content, logprobs.content);
  if (Array.isArray(logprobs.refusal)) {
    choice.logprobs ??= { content: [] };
    append((choice.logprobs.refusal ??= []), logprobs.refusal);
  }
}
