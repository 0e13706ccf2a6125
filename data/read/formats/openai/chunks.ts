import { append } from '../../../../support/append.js';
import { type Fields, objectOf } from '../../table/fields.js';
import { contentOf } from '../parts/messages.js';
import { isError } from './failure.js';

interface Growing {
  index: number;
  text: string | null;
  message: Fields;
  finish: unknown;
  logprobs: Fields | null;
}

/** Texts of a delta to which each chunk adds. */
const GROWING = ['refusal', 'reasoning_content', 'reasoning', 'thinking'] as const;

/**
 * Joins the chunks of a stream (of chat or of the older completions) into one response. An empty id or model, as in
 * Azure's first chunk, never replaces a known one. `ended` says that the stream is known to be complete. If it is not,
 * a choice that no chunk finished gets the finish `error`, and so does every choice after an error event: it was cut
 * off and is not an answer.
 */
export function joinChunks(chunks: readonly Fields[], ended: boolean): Fields {
  const whole: Fields = {};
  const choices = new Map<number, Growing>();
  let error: unknown;
  for (const chunk of chunks) {
    for (const key in chunk) if (chunk[key] && !whole[key] && key !== 'error') whole[key] = chunk[key];
    if (isError(chunk.error)) error ??= chunk.error;
    for (const item of Array.isArray(chunk.choices) ? chunk.choices : []) {
      const choice = objectOf(item) ?? {};
      const index = Number(choice.index ?? 0);
      if (!choices.has(index)) choices.set(index, { index, text: null, message: {}, finish: null, logprobs: null });
      grow(choices.get(index)!, choice);
    }
  }
  const finished = [...choices.values()].map(({ index, text, message, finish, logprobs }) => ({
    index,
    ...(text === null ? { message } : { text }),
    finish_reason: error !== undefined || (finish === null && !ended) ? 'error' : finish,
    logprobs,
  }));
  const older = finished.length > 0 && finished.every((choice) => 'text' in choice);
  if (finished.length === 0 && error !== undefined) whole.error = error;
  return { ...whole, object: older ? 'text_completion' : 'chat.completion', choices: finished };
}

function grow(to: Growing, choice: Fields): void {
  const delta = objectOf(choice.delta) ?? objectOf(choice.message) ?? {};
  const content = contentOf(delta.content).text;
  if (content !== null) to.message.content = `${to.message.content ?? ''}${content}`;
  if (typeof choice.text === 'string') to.text = (to.text ?? '') + choice.text;
  for (const key of GROWING) {
    if (typeof delta[key] === 'string') to.message[key] = `${to.message[key] ?? ''}${delta[key]}`;
  }
  if (Array.isArray(delta.tool_calls) && delta.tool_calls.length > 0) to.message.tool_calls = delta.tool_calls;
  if (objectOf(delta.function_call) !== null) to.message.function_call = delta.function_call;
  if (choice.error != null) to.finish = 'error';
  else if (choice.finish_reason != null) to.finish = choice.finish_reason;
  const logprobs = objectOf(choice.logprobs);
  if (logprobs === null) return;
  to.logprobs ??= {};
  for (const key in logprobs) {
    const items = logprobs[key];
    if (Array.isArray(items)) append((to.logprobs[key] ??= []) as unknown[], items);
  }
}
