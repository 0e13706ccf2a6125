import { type Fields, objectOf } from '../../table/fields.js';

/** The API from which a response came. */
export type Kind = 'chat' | 'completions' | 'responses';

/** The API of a response body; null if it is not a response. Pieces of streams are not. */
export function kindOf(body: Fields): Kind | null {
  if (body.object === 'response' && !('choices' in body)) return 'responses';
  if (Array.isArray(body.choices)) {
    if (isChunk(body)) return null;
    const choices = body.choices.map((choice) => objectOf(choice) ?? {});
    const texts = choices.some((choice) => typeof choice.text === 'string' && choice.message == null);
    return texts || (body.object === 'text_completion' && choices.length === 0) ? 'completions' : 'chat';
  }
  return Array.isArray(body.output) && areOutputItems(body.output) ? 'responses' : null;
}

/** Whether an object is a piece of a streamed chat completion. */
export function isChunk(value: Fields): boolean {
  if (value.object === 'chat.completion.chunk') return true;
  if (!Array.isArray(value.choices)) return false;
  return value.choices.some(
    (choice) => objectOf(objectOf(choice)?.delta) !== null && objectOf(choice)?.message == null,
  );
}

/** Whether an object is a stream event of the Responses API. */
export function isEvent({ type, sequence_number: place }: Fields): boolean {
  return typeof type === 'string' && (type.startsWith('response.') || (type === 'error' && typeof place === 'number'));
}

/** Whether a list is the output of the Responses API. */
export function areOutputItems(list: readonly unknown[]): boolean {
  return list.length > 0 && list.every((item) => isOutputItem(objectOf(item) ?? {}));
}

function isOutputItem({ type, content, role }: Fields): boolean {
  if (type === 'reasoning') return true;
  if (type === 'message') return typeof role === 'string' && Array.isArray(content);
  return typeof type === 'string' && /_(call|call_output|request|list_tools)$/.test(type);
}
