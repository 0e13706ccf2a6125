import { finishOf, leavesNoAnswer } from '../../../finish.js';
import { type Fields, objectOf } from '../../table/fields.js';
import { answerTokens, listedTokens } from './answer-tokens.js';
import { contentOf } from './messages.js';

/** What a model replied, as canonical fields. If the reply is not an answer, `answer` is null and `finish` says why. */
export interface Reply {
  answer: string | null;
  finish?: string;
  reasoning?: string;
  tokens?: Fields[];
}

/**
 * A chat message as a reply: its text, else its refusal, else the transcript of its audio. The answer is null, with
 * `finish`, for a tool or function call, and for a reply that a content filter cut off or that failed. `logprobs` is in
 * the form of OpenAI's choices, or a bare list.
 */
export function replyOf(message: Fields, finish: unknown, logprobs?: unknown): Reply {
  const end = calledOf(message) ?? finishOf(finish);
  const thought = reasoningOf(message);
  const reasoning = thought === undefined ? {} : { reasoning: thought };
  if (leavesNoAnswer(end)) return { answer: null, finish: end, ...reasoning };
  const answer = contentOf(message.content).text || refusalOf(message) || transcriptOf(message);
  const tokens = answerTokens(listedTokens(logprobs), answer, thought !== undefined);
  return {
    answer,
    ...(end === undefined ? {} : { finish: end }),
    ...reasoning,
    ...(tokens === undefined ? {} : { tokens }),
  };
}

/** Whether a message calls a tool or a function, as a finish reason. */
function calledOf(message: Fields): string | undefined {
  if (Array.isArray(message.tool_calls) && message.tool_calls.length > 0) return 'tool_calls';
  return objectOf(message.function_call) === null ? undefined : 'function_call';
}

function refusalOf({ refusal, content }: Fields): string {
  if (typeof refusal === 'string') return refusal;
  const parts = Array.isArray(content) ? content : [];
  return parts.map((part) => objectOf(part)?.refusal).find((text) => typeof text === 'string') ?? '';
}

function transcriptOf({ audio }: Fields): string {
  const transcript = objectOf(audio)?.transcript;
  return typeof transcript === 'string' ? transcript : '';
}

/**
 * Fields with the thoughts of a model before its answer, as written by DeepSeek and Qwen, vLLM and OpenRouter, Ollama.
 */
const THOUGHTS = ['reasoning_content', 'reasoning', 'thinking'] as const;

/**
 * The reasoning of a message: from a separate field, from a list of details (OpenRouter), or from parts of its content
 * (Mistral).
 */
function reasoningOf(message: Fields): string | undefined {
  for (const key of THOUGHTS) {
    const text = message[key];
    if (typeof text === 'string' && text !== '') return text;
  }
  const { reasoning_details: details, content } = message;
  const parts = Array.isArray(details) ? details : Array.isArray(content) ? content : [];
  const texts = parts.map((part) => thoughtIn(objectOf(part) ?? {})).filter((text) => text !== '');
  return texts.length === 0 ? undefined : texts.join('\n\n');
}

function thoughtIn({ type, thinking, text, summary }: Fields): string {
  if (type === 'thinking') return contentOf(thinking).text ?? '';
  if (type === 'reasoning.text' || type === 'reasoning') return typeof text === 'string' ? text : '';
  return type === 'reasoning.summary' && typeof summary === 'string' ? summary : '';
}
