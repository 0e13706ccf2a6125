import { parseJson } from '../../read/json/parse-json.js';
import { type ChatReply, chatReplySchema } from './chat.js';
import { AskFailure, retryAfter } from './failure.js';

export interface PostOptions {
  /** Never logged, and removed from every message that an endpoint sends back. */
  key: string | undefined;
  /** Seconds that one request may take. */
  timeout: number;
  /** Ends the request at once. */
  abort?: AbortSignal;
}

/** The reply, or the endpoint's refusal: its status, its message, and how many milliseconds it asked us to wait. */
type Posted = { reply: ChatReply } | { status: number; message: string; waitMs: number };

/** Sends one HTTP request. Network errors, timeouts, truncated bodies and replies of another shape throw AskFailure. */
export async function post(url: string, body: Record<string, unknown>, options: PostOptions): Promise<Posted> {
  const { key, timeout, abort } = options;
  const ending = new AbortController();
  const end = () => ending.abort();
  const timer = setTimeout(end, timeout * 1000);
  abort?.addEventListener('abort', end, { once: true });
  try {
    abort?.throwIfAborted();
    const request = {
      method: 'POST',
      headers: headersFor(url, key),
      body: JSON.stringify(body),
      signal: ending.signal,
    };
    const response = await fetch(url, request);
    const text = await response.text();
    if (!response.ok) {
      const waitMs = retryAfter(response.headers, Date.now());
      return { status: response.status, message: hide(refusalOf(text), key), waitMs };
    }
    return { reply: replyOf(text, key) };
  } catch (error) {
    abort?.throwIfAborted();
    if (error instanceof AskFailure) throw error;
    const reason = ending.signal.aborted ? `no answer within ${timeout} s` : networkReason(error);
    throw new AskFailure(hide(reason, key), { again: true, cause: error });
  } finally {
    clearTimeout(timer);
    abort?.removeEventListener('abort', end);
  }
}

function headersFor(url: string, key: string | undefined): Record<string, string> {
  const headers: Record<string, string> = { 'content-type': 'application/json' };
  if (key === undefined || key === '') return headers;
  headers.authorization = `Bearer ${key}`;
  if (/\.azure\.com$/.test(new URL(url).hostname)) headers['api-key'] = key;
  return headers;
}

function replyOf(text: string, key: string | undefined): ChatReply {
  const parsed = chatReplySchema.safeParse(jsonOr(text));
  if (parsed.success) return parsed.data;
  throw new AskFailure(`the reply is not a chat completion: ${hide(refusalOf(text), key).slice(0, 120)}`, {
    again: true,
  });
}

/** The message in an error body, for the several layouts that endpoints use; else the start of the body. */
function refusalOf(text: string): string {
  const body = jsonOr(text) as { error?: unknown; message?: unknown; detail?: unknown } | null | undefined;
  const error = body?.error;
  const inner = typeof error === 'object' && error !== null ? (error as { message?: unknown }).message : error;
  const message = inner ?? body?.message ?? body?.detail ?? text;
  return (typeof message === 'string' ? message : JSON.stringify(message)).replace(/\s+/g, ' ').slice(0, 300);
}

function jsonOr(text: string): unknown {
  try {
    return parseJson(text);
  } catch {
    return undefined;
  }
}

function networkReason(error: unknown): string {
  const cause = (error as { cause?: { code?: string; message?: string } }).cause;
  return cause?.code ?? cause?.message ?? (error instanceof Error ? error.message : String(error));
}

function hide(text: string, key: string | undefined): string {
  return key === undefined || key === '' ? text : text.replaceAll(key, '***');
}
