import { type Fields, objectOf } from '../fields.js';
import { turnsOf } from './messages.js';

/** Keys under which an input of several values holds the question itself. */
const QUESTION = ['question', 'query', 'prompt', 'input', 'user_input', 'request', 'text', 'message'] as const;

/** An input as a prompt or messages: a text, a chat, or an object that holds one of them; else the whole as JSON. */
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

/** A list of texts: a list, objects with a text among them, a text that is a list as JSON, or one text; empty without any. */
export function textsOf(value: unknown): string[] {
  if (typeof value === 'string') {
    if (/^\s*\[/.test(value)) {
      try {
        return textsOf(JSON.parse(value));
      } catch {
        // a text that begins with a bracket
      }
    }
    return value === '' ? [] : [value];
  }
  if (!Array.isArray(value)) return value == null ? [] : [String(value)];
  return value.flatMap((item) => {
    const inner = objectOf(item);
    const text = inner === null ? item : (inner.context ?? inner.content ?? inner.page_content ?? inner.text);
    return text == null ? [] : [String(text)];
  });
}
