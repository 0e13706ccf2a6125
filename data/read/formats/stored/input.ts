import { isObject } from '../../../check-value.js';
import type { Fields } from '../../table/fields.js';
import type { Turn } from '../parts/messages.js';
import { decodingIn } from './decoding.js';
import { fromJsonText, toJsonText } from './json-text.js';
import { plainMessage, turnOf } from './message.js';
import { spokenIn } from './parts.js';

/** What a model was asked, as fields of the record. */
export interface Asked {
  messages?: Turn[];
  prompt?: string;
  model?: string;
  decoding?: Fields;
}

/** Argument names under which functions take the text of a single question. */
const TEXTS = ['prompt', 'question', 'query', 'input', 'text', 'message', 'content', 'user_input', 'inputText'];

/**
 * Reads what a tracing tool stored as a model's input: a text; messages in the form of OpenAI, Anthropic, Gemini,
 * Bedrock, LangChain or OpenTelemetry; a request's whole body; the arguments of a function; each also as JSON text. An
 * object in no known form becomes a prompt: its JSON. Empty if nothing was stored.
 */
export function inputOf(stored: unknown): Asked {
  if (stored == null || stored === '') return {};
  const value = fromJsonText(stored);
  if (typeof value === 'string') return { prompt: value };
  const turns = turnsIn(value);
  if (turns !== null) return { messages: turns };
  if (Array.isArray(value) && value.length === 1) return inputOf(value[0]);
  const asked = isObject(value) ? requestOf(value) : {};
  if (asked.messages !== undefined || asked.prompt !== undefined) return asked;
  return { ...asked, prompt: typeof stored === 'string' ? stored : toJsonText(stored) };
}

/**
 * The turns in a list of messages. LangChain nests those of one prompt in another list. Null if it is not such a list.
 */
export function turnsIn(value: unknown): Turn[] | null {
  if (!Array.isArray(value) || value.length === 0) return null;
  if (value.length === 1 && Array.isArray(value[0]) && plainMessage(value[0]) === null) return turnsIn(value[0]);
  const messages = value.map(messageOf);
  return messages.every((message) => message !== null) ? messages.map(turnOf) : null;
}

/** Turns of Gemini may lack their role, and items of the Responses API may be calls and their results. */
function messageOf(value: unknown): Fields | null {
  const message = plainMessage(value);
  if (message !== null || !isObject(value)) return message;
  if (Array.isArray(value.parts)) return { ...value, role: 'user' };
  if (value.type === 'function_call' || value.type === 'reasoning') return { role: 'assistant', content: null };
  return value.type === 'function_call_output' ? { role: 'tool', content: value.output } : null;
}

/**
 * The question in an API's request, found by its usual keys, or in the arguments of a function. Without messages and
 * prompt if there is none.
 */
export function requestOf(request: Fields): Asked {
  const asked = askedBy(request);
  const inner = asked === null ? argumentsOf(request) : null;
  if (inner !== null) return inputOf(inner);
  const decoding = decodingIn(
    request,
    request.generationConfig,
    request.generation_config,
    request.config,
    request.inferenceConfig,
    request.options,
  );
  const model = request.model ?? request.modelId;
  const system = asked === null ? [] : systemOf(request);
  const prompted = system.length > 0 ? [{ role: 'user', content: asked?.prompt ?? null }] : undefined;
  const turns = asked?.messages ?? prompted;
  return {
    ...(turns === undefined ? asked : { messages: [...system, ...turns] }),
    ...(typeof model === 'string' && model !== '' ? { model } : {}),
    ...(decoding === undefined ? {} : { decoding }),
  };
}

function askedBy(request: Fields): Asked | null {
  for (const key of ['messages', 'contents', 'input', 'prompt', 'prompts']) {
    if (request[key] == null) continue;
    const value = fromJsonText(request[key]);
    const turns = turnsIn(value) ?? (key === 'contents' ? contentsIn(value) : null);
    if (turns !== null) return { messages: turns };
  }
  const texts = TEXTS.filter((key) => typeof request[key] === 'string');
  if (texts.length === 1) return { prompt: request[texts[0]] as string };
  if (texts.includes('prompt') && typeof request.model === 'string') return { prompt: request.prompt as string };
  const prompts = [request.prompts, request.prompt].find((list) => Array.isArray(list) && list.length === 1);
  return Array.isArray(prompts) && typeof prompts[0] === 'string' ? { prompt: prompts[0] } : null;
}

/** Gemini's `contents` may be one text, one turn, or a list of texts and parts. */
function contentsIn(value: unknown): Turn[] | null {
  if (typeof value === 'string') return [{ role: 'user', content: value }];
  if (isObject(value)) return [turnOf({ role: 'user', ...value })];
  if (!Array.isArray(value) || spokenIn(value).text === null) return null;
  return [turnOf({ role: 'user', content: value })];
}

/** A system text that is separate from the messages, by its names in the APIs. */
function systemOf(request: Fields): Turn[] {
  const config = isObject(request.config) ? request.config : {};
  const system =
    request.system ??
    request.instructions ??
    request.systemInstruction ??
    request.system_instruction ??
    config.system_instruction ??
    config.systemInstruction;
  if (system == null || system === '') return [];
  const { text } = spokenIn(isObject(system) ? (system.parts ?? system.content ?? system) : system);
  return text === null || text === '' ? [] : [{ role: 'system', content: text }];
}

/**
 * The only argument with which a decorated function was called: {args: [x], kwargs: {}}, {kwargs: {…}}, {inputs: …}.
 */
function argumentsOf(request: Fields): unknown {
  const { args, kwargs, inputs } = request;
  const named = isObject(kwargs) && Object.keys(kwargs).length > 0;
  const placed = Array.isArray(args) && args.length > 0;
  if (named && !placed) return kwargs;
  if (placed && !named && args.length === 1) return args[0];
  return isObject(inputs) && Object.keys(request).length === 1 ? inputs : null;
}
