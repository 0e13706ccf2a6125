import { isObject } from '../../../check-value.js';
import type { Fields } from '../../table/fields.js';

/** What the parts of one message contain. */
interface Spoken {
  /** The texts of the answer, joined; null if there is none. */
  text: string | null;
  /** What the model wrote before its answer. */
  reasoning: string;
  /** Whether a part calls a tool or a function. */
  calls: boolean;
}

const REASONING = new Set(['thinking', 'redacted_thinking', 'reasoning', 'thought', 'reasoning_content']);
const CALLS = new Set(['tool_use', 'tool_call', 'tool-call', 'function_call', 'functionCall', 'toolUse']);

/**
 * Reads a message's content: a text, or parts in the form of OpenAI, Anthropic, Gemini, Bedrock, LangChain or
 * OpenTelemetry.
 */
export function spokenIn(content: unknown): Spoken {
  if (typeof content === 'string') return { text: content, reasoning: '', calls: false };
  const spoken: Spoken = { text: null, reasoning: '', calls: false };
  for (const part of Array.isArray(content) ? content : [content]) {
    if (typeof part === 'string') spoken.text = (spoken.text ?? '') + part;
    if (!isObject(part)) continue;
    if (isCall(part)) spoken.calls = true;
    else if (isReasoning(part)) spoken.reasoning += reasoningIn(part);
    else {
      const text = textIn(part);
      if (text !== null) spoken.text = (spoken.text ?? '') + text;
    }
  }
  return spoken;
}

function isCall(part: Fields): boolean {
  if (typeof part.type === 'string' && CALLS.has(part.type)) return true;
  return [part.functionCall, part.function_call, part.toolUse].some(isObject);
}

function isReasoning(part: Fields): boolean {
  if (part.thought === true || isObject(part.reasoningContent)) return true;
  return typeof part.type === 'string' && REASONING.has(part.type);
}

function reasoningIn(part: Fields): string {
  const { reasoningContent } = part;
  if (isObject(reasoningContent)) {
    const { reasoningText } = reasoningContent;
    return isObject(reasoningText) && typeof reasoningText.text === 'string' ? reasoningText.text : '';
  }
  const said = [part.thinking, part.reasoning, part.reasoning_content, part.text, part.content].find(
    (text) => typeof text === 'string',
  );
  if (said !== undefined) return said as string;
  return Array.isArray(part.summary) ? (spokenIn(part.summary).text ?? '') : '';
}

/**
 * The text of a part: {text}, {type: text, content}, {type: refusal, refusal}, or a part nested as Phoenix stores it.
 */
function textIn(part: Fields): string | null {
  const inner = part.message_content;
  if (isObject(inner)) return textIn(inner);
  if (typeof part.text === 'string') return part.text;
  if (part.type === 'refusal' && typeof part.refusal === 'string') return part.refusal;
  return part.type === 'text' && typeof part.content === 'string' ? part.content : null;
}
