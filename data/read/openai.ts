import { VouchError } from '../../support/errors.js';
import { type Fields, objectOf } from './fields.js';
import { openaiTokens } from './openai-tokens.js';

/** Requests of an OpenAI batch by their custom_id, from the batch's input file. */
export type Requests = ReadonlyMap<string, Fields>;

/** Where a request or a response stands in a log line, by the names people give them. */
const REQUEST = ['request', 'body', 'input', 'kwargs'] as const;
const RESPONSE = ['response', 'completion', 'output'] as const;
/** Keys of a log line that are taken apart; any other key is part of the record, or let through. */
const CONSUMED = new Set([
  ...[...REQUEST, ...RESPONSE, 'id', 'custom_id', 'error', 'method', 'url', 'object', 'created', 'choices', 'usage'],
  ...['system_fingerprint', 'service_tier', 'prompt_filter_results'],
]);

/** Whether a JSON line is one of an OpenAI log rather than a canonical record. */
export function isOpenAi(value: unknown): boolean {
  const row = objectOf(value);
  if (row === null || typeof row.answer === 'string') return false;
  if ('custom_id' in row || completionOf(row) !== null || isConversation(row)) return true;
  return row.error != null && (Array.isArray(row.messages) || firstObject(row, REQUEST) !== null);
}

/** Whether a JSON line is a request of a batch: it has an id and a body, and nothing was answered. */
export function requestOf(value: unknown): { id: string; request: Fields } | null {
  const row = objectOf(value);
  if (row === null || typeof row.custom_id !== 'string' || 'response' in row) return null;
  const request = objectOf(row.body);
  return request === null ? null : { id: row.custom_id, request };
}

/**
 * One line of an OpenAI log as an object of canonical fields, still to be checked: {request, response}, {messages,
 * …response}, a bare response, Batch API output (with its request by custom_id where the input file was given too).
 * The first choice is the answer, others are samples; `content: null` is an empty answer, a refusal answers with its
 * text, a tool call with ''. A canonical record among them stays as it is. Errors: BAD_RECORD where the request failed or nothing was answered.
 */
export function fromOpenAi(value: unknown, requests: Requests, file: string, line: number): Fields {
  const row = objectOf(value);
  if (row === null)
    throw new VouchError('BAD_RECORD', 'is not a log line', { file, line, expected: 'an object', got: value });
  if (typeof row.answer === 'string') return row;
  throwFailure(row, file, line);
  const request = firstObject(row, REQUEST) ?? requests.get(String(row.custom_id)) ?? row;
  const record: Fields = {};
  for (const key in row) if (!CONSUMED.has(key)) record[key] = row[key];
  const id = row.custom_id ?? (completionOf(row) === row ? undefined : row.id);
  const messages = messagesOf(request.messages);
  if (messages !== null) record.messages = messages;
  else if (typeof request.prompt === 'string') record.prompt = request.prompt;
  decoding(record, request);
  const completion = completionOf(row);
  if (completion === null) {
    if (!isConversation(row)) throw nothing(row, file, line);
    const last = (record.messages as Fields[]).pop() as Fields;
    return { ...record, ...(id == null ? {} : { id: String(id) }), model: row.model, answer: last.content ?? '' };
  }
  const choices = (completion.choices as unknown[]).map((choice) => objectOf(choice) ?? {});
  if (choices.length === 0) throw nothing(row, file, line);
  choices.sort((a, b) => Number(a.index ?? 0) - Number(b.index ?? 0));
  const identity = id ?? completion.id;
  if (identity != null) record.id = String(identity);
  record.model = completion.model ?? request.model;
  if (record.time == null && typeof completion.created === 'number') {
    record.time = new Date(completion.created * 1000).toISOString();
  }
  Object.assign(record, answerOf(choices[0]));
  if (typeof choices[0].finish_reason === 'string') record.finish = choices[0].finish_reason;
  if (choices.length > 1) {
    const temperature = typeof request.temperature === 'number' ? { temperature: request.temperature } : {};
    const samples = choices.slice(1).map((choice) => {
      const { answer, tokens } = answerOf(choice);
      return { answer, ...temperature, ...(tokens === undefined ? {} : { tokens }) };
    });
    record.samples = [...((record.samples as unknown[]) ?? []), ...samples];
  }
  return record;
}

/** The answer of one choice, its reasoning where kept apart, its tokens. */
function answerOf(choice: Fields): { answer: string; reasoning?: string; tokens?: Fields[] } {
  const message = objectOf(choice.message) ?? {};
  const content = contentOf(message.content) ?? (typeof choice.text === 'string' ? choice.text : null);
  const answer = content || (typeof message.refusal === 'string' ? message.refusal : '');
  const thought = message.reasoning_content ?? message.reasoning;
  const reasoning = typeof thought === 'string' && thought !== '' ? { reasoning: thought } : {};
  const tokens = openaiTokens(choice.logprobs, answer, 'reasoning' in reasoning);
  return { answer, ...reasoning, ...(tokens === undefined ? {} : { tokens }) };
}

/** The text of a message: a string, or the text parts of a list. */
function contentOf(content: unknown): string | null {
  if (typeof content === 'string') return content;
  if (!Array.isArray(content)) return null;
  return content
    .map((part) => (typeof objectOf(part)?.text === 'string' ? (part as { text: string }).text : ''))
    .join('');
}

function messagesOf(value: unknown): Fields[] | null {
  if (!Array.isArray(value)) return null;
  return value.map((item) => {
    const message = objectOf(item) ?? {};
    return { role: typeof message.role === 'string' ? message.role : 'user', content: contentOf(message.content) };
  });
}

/** What steers the sampling, where it was recorded. */
const DECODING = ['temperature', 'top_p', 'max_tokens', 'max_completion_tokens', 'seed', 'reasoning_effort'] as const;

function decoding(record: Fields, request: Fields): void {
  const known = DECODING.filter((key) => request[key] != null);
  if (known.length === 0) return;
  record.decoding = { ...Object.fromEntries(known.map((key) => [key, request[key]])), ...objectOf(record.decoding) };
  for (const key of known) delete record[key];
}

/** The object with the `choices`: the response, its body (Batch API), or the line itself. */
function completionOf(row: Fields): Fields | null {
  const response = firstObject(row, RESPONSE);
  const body = response === null ? null : objectOf(response.body);
  return [body, response, row].find((part) => part !== null && Array.isArray(part.choices)) ?? null;
}

/** A conversation stored whole: its last message is the assistant's. */
function isConversation(row: Fields): boolean {
  return Array.isArray(row.messages) && objectOf(row.messages.at(-1))?.role === 'assistant';
}

function firstObject(row: Fields, keys: readonly string[]): Fields | null {
  for (const key of keys) {
    const found = objectOf(row[key]);
    if (found !== null) return found;
  }
  return null;
}

function throwFailure(row: Fields, file: string, line: number): void {
  const response = firstObject(row, RESPONSE);
  const body = objectOf(response?.body);
  const error = [row.error, response?.error, body?.error].find((part) => part != null);
  const status = response?.status_code;
  const failed = typeof status === 'number' && status >= 400;
  if (error === undefined && !failed) return;
  const { message, code } = (objectOf(error) ?? {}) as { message?: unknown; code?: unknown };
  const reason = message ?? (typeof error === 'string' ? error : undefined) ?? 'no reason given';
  throw new VouchError('BAD_RECORD', `the request failed: ${String(reason).replace(/\.$/, '')}`, {
    file,
    line,
    field: error === undefined ? 'response.status_code' : 'error',
    got: failed ? status : (code ?? error),
  });
}

function nothing(row: Fields, file: string, line: number): VouchError {
  return new VouchError('BAD_RECORD', 'holds no answer', {
    file,
    line,
    field: 'choices',
    expected: 'a response with at least one choice',
    got: Object.keys(row),
  });
}
