import { type Fields, objectOf } from '../../table/fields.js';
import type { LogFormat, Part } from '../log-format.js';
import { decodingOf } from '../openai/decoding.js';
import { storedPieces } from '../openai/stored-stream.js';
import { heldIn } from '../parts/held-in.js';
import { turnsOf } from '../parts/messages.js';
import { ollamaReply } from '../stored/ollama-body.js';

/** The key for the lines of one streamed answer, in the row into which they are joined. */
const JOINED = 'vouch:ollama';
const OWN = new Set([
  ...['model', 'created_at', 'message', 'response', 'thinking', 'done', 'done_reason', 'context', 'logprobs', 'id'],
  ...['total_duration', 'load_duration', 'prompt_eval_count', 'prompt_eval_duration', 'eval_count', 'eval_duration'],
  ...[
    'messages',
    'prompt',
    'system',
    'options',
    'request',
    'input',
    'stream',
    'format',
    'think',
    'keep_alive',
    'tools',
  ],
  ...['tool_calls', 'output', 'remote_model', 'remote_host', JOINED],
]);

/**
 * Ollama's own API: /api/chat (`message`) and /api/generate (`response`), bare or with their request, as a whole or as
 * the lines of their stream, of which the last has `done: true`.
 */
export const ollama: LogFormat = {
  name: 'ollama',
  title: 'Ollama /api/chat and /api/generate',
  source: 'https://github.com/ollama/ollama/blob/main/docs/api.md and ollama-python 0.6.3 (looked up 2026-11)',
  detect: (row) => {
    if (JOINED in row) return 'lines of one answer';
    const { body } = exchangeIn(row);
    return body === null ? null : objectOf(body.message) === null ? 'response and done' : 'message and done';
  },
  read,
  pieceOf: (row) => (isBody(row) ? String(row.model) : null),
  isLast: (row) => row.done === true,
  join: (pieces) => (pieces.length === 1 && pieces[0].done === true ? pieces[0] : { [JOINED]: pieces }),
  mapping: [
    ['messages, prompt', '`messages` or `prompt` of the request, or of the row; images as media'],
    ['answer', '`message.content` or `response`; null for `message.tool_calls`, and if no line has `done: true`'],
    ['reasoning', '`message.thinking` or `thinking`'],
    ['tokens', '`logprobs`'],
    ['finish', '`done_reason`'],
    ['model, time', '`model`, `created_at`'],
    ['decoding', '`options` of the request'],
  ],
  example:
    '{"model":"llama3.2","created_at":"2026-01-05T10:00:00.000Z","messages":[{"role":"user",' +
    '"content":"Capital of Australia?"}],"message":{"role":"assistant","content":"Canberra"},"done":true,' +
    '"done_reason":"stop","total_duration":5191566416,"eval_count":2}',
};

function isBody(value: Fields): boolean {
  const says = typeof value.response === 'string' || objectOf(value.message) !== null;
  return typeof value.done === 'boolean' && typeof value.model === 'string' && says;
}

function exchangeIn(row: Fields): { body: Fields | null; request: Fields } {
  if (isBody(row)) return { body: row, request: heldIn(row, 'request') ?? row };
  const response = ['response', 'output'].map((key) => bodyIn(row, key)).find((value) => value !== null);
  return { body: response ?? null, request: heldIn(row, 'request') ?? heldIn(row, 'input') ?? row };
}

/** A response, or the lines of its stream: as a list, or as text. */
function bodyIn(row: Fields, key: string): Fields | null {
  const object = heldIn(row, key);
  if (object !== null) return isBody(object) ? object : null;
  const lines =
    storedPieces(row[key])?.filter((line): line is Fields => typeof line === 'object' && isBody(line)) ?? [];
  return lines.length === 0 ? null : { ...lines[0], ...joined(lines) };
}

function read(row: Fields): Part[] {
  const lines = Array.isArray(row[JOINED]) ? (row[JOINED] as Fields[]) : null;
  const held = exchangeIn(lines === null ? row : { ...lines[0], ...joined(lines) });
  const body = held.body as Fields;
  const { request } = held;
  const record: Fields = {};
  for (const key in row) if (!OWN.has(key) && row[key] != null) record[key] = row[key];
  if (row.id != null) record.id = String(row.id);
  const turns = turnsOf(request.messages);
  const system = typeof request.system === 'string' ? [{ role: 'system', content: request.system }] : [];
  const { prompt } = request;
  if (turns !== null) record.messages = turns;
  else if (typeof prompt === 'string') {
    if (system.length > 0) record.messages = [...system, { role: 'user', content: prompt }];
    else record.prompt = prompt;
  }
  const decoding = decodingOf(objectOf(request.options) ?? {});
  if (decoding !== undefined) record.decoding = decoding;
  record.model = body.model;
  if (typeof body.created_at === 'string') record.time ??= body.created_at;
  return [{ record: { ...record, ...ollamaReply(body) } }];
}

/** Joins the lines of a stream into one body. */
function joined(lines: readonly Fields[]): Fields {
  const last = lines.at(-1) as Fields;
  const messages = lines.map(({ message }) => objectOf(message) ?? {});
  const text = (values: unknown[]): string => values.filter((value) => typeof value === 'string').join('');
  const calls = messages.flatMap(({ tool_calls: called }) => (Array.isArray(called) ? called : []));
  const chat = lines.some(({ message }) => objectOf(message) !== null);
  const content = text(chat ? messages.map((message) => message.content) : lines.map(({ response }) => response));
  const thinking = text(chat ? messages.map((message) => message.thinking) : lines.map((line) => line.thinking));
  return {
    done: last.done,
    done_reason: last.done_reason,
    logprobs: lines.flatMap(({ logprobs }) => (Array.isArray(logprobs) ? logprobs : [])),
    ...(chat ? { message: { content, thinking, tool_calls: calls } } : { response: content, thinking }),
  };
}
