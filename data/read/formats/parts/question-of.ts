import { type Fields, objectOf } from '../../table/fields.js';
import { looksNested, parseNested } from '../../table/nested.js';
import { turnsOf } from './messages.js';

/** Keys that name the question in an input with several values. */
const QUESTION = ['question', 'query', 'prompt', 'input', 'user_input', 'request', 'text', 'message'] as const;

/**
 * An input as a prompt or messages: from a text, a chat, or an object that contains one of them; else the whole input
 * as JSON.
 */
export function questionFields(input: unknown): Fields {
  if (typeof input === 'string') {
    const inner = objectOf(input);
    return inner === null || questionIn(inner) === null ? { prompt: input } : questionFields(inner);
  }
  if (Array.isArray(input)) {
    const isChat = input.length > 0 && input.every((turn) => typeof objectOf(turn)?.role === 'string');
    return isChat ? { messages: turnsOf(input) } : { prompt: JSON.stringify(input) };
  }
  const fields = objectOf(input);
  if (fields === null) return input == null ? {} : { prompt: String(input) };
  return questionIn(fields) ?? { prompt: JSON.stringify(fields) };
}

function questionIn(fields: Fields): Fields | null {
  if (Array.isArray(fields.messages)) return questionFields(fields.messages);
  const key = QUESTION.find((name) => typeof fields[name] === 'string' && fields[name] !== '');
  return key === undefined ? null : { prompt: fields[key] };
}

/** A text; numbers and truth values as text; null for anything else. */
export function plainText(value: unknown): string | null {
  if (typeof value === 'string') return value;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : null;
}

/**
 * A list of texts, from a list of texts, a list of objects that contain one each, or one text. Empty if there is none.
 */
export function textsOf(value: unknown): string[] {
  if (value == null || value === '') return [];
  return (Array.isArray(value) ? value : [value]).flatMap((item) => {
    const inner = typeof item === 'string' ? null : objectOf(item);
    const text = inner === null ? item : (inner.context ?? inner.content ?? inner.page_content ?? inner.text ?? inner);
    return text == null ? [] : [plainText(text) ?? JSON.stringify(text)];
  });
}

/** The same for text written by a program, which may be a list in JSON or Python notation. */
export function writtenTexts(value: unknown): string[] {
  if (typeof value !== 'string' || !looksNested(value)) return textsOf(value);
  try {
    const parsed = parseNested(value.trim());
    return Array.isArray(parsed) ? textsOf(parsed) : [value];
  } catch {
    return [value]; // a text that begins with a bracket
  }
}
