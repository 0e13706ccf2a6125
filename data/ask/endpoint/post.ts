import { parseJson } from '../../read/json/parse-json.js';
import { type ChatReply, chatReplySchema } from './chat.js';
import { AskFailure, retryAfter } from './failure.js';

export interface PostOptions {
  /** Never logged, and removed from every message that an endpoint sends back. */
  key: string | undefined;
  /** Further headers. */
  headers?: Readonly<Record<string, string>>;
  /** Seconds that one request may take. */
  timeout: number;
  /** Ends the request at once. */
  abort?: AbortSignal;
}

/** An endpoint's refusal: its status, its message, and how many milliseconds it asked us to wait. */
interface Refused {
  status: number;
  message: string;
  waitMs: number;
}

/**
 * Sends one chat request. Network errors, timeouts, truncated bodies and replies of another shape throw AskFailure.
 */
export async function post(
  url: string,
  body: Record<string, unknown>,
  options: PostOptions,
): Promise<{ reply: ChatReply } | Refused> {
  const posted = await postText(url, body, options);
  return 'text' in posted ? { reply: replyOf(posted.text, options.key) } : posted;
}

/**
 * Sends one HTTP request with a JSON body and returns the text of the reply. `most`: the longest reply in bytes, for
 * endpoints whose replies are short. Redirects are refusals. Network errors, timeouts, truncated bodies and longer
 * replies throw AskFailure.
 */
export function postText(
  url: string,
  body: unknown,
  options: PostOptions & { most?: number },
): Promise<{ text: string } | Refused> {
  return sendText(url, { method: 'POST', body: JSON.stringify(body) }, options);
}

/** The same without a body, by GET. */
export function getText(url: string, options: PostOptions & { most?: number }): Promise<{ text: string } | Refused> {
  return sendText(url, { method: 'GET' }, options);
}

async function sendText(
  url: string,
  sent: { method: string; body?: string },
  options: PostOptions & { most?: number },
): Promise<{ text: string } | Refused> {
  const { key, timeout, abort, most = Infinity } = options;
  const ending = new AbortController();
  const end = () => ending.abort();
  const timer = setTimeout(end, timeout * 1000);
  abort?.addEventListener('abort', end, { once: true });
  try {
    abort?.throwIfAborted();
    const request = {
      ...sent,
      headers: { ...headersFor(url, key), ...options.headers },
      signal: ending.signal,
      // following would send the texts to another address, or a GET without them
      redirect: 'manual' as const,
    };
    const response = await fetch(url, request);
    const text = await textWithin(response, most);
    if (response.ok) return { text };
    const { status, headers } = response;
    const message = status < 400 ? `is a redirect to ${headers.get('location')}; give that address` : refusalOf(text);
    return { status, message: hide(message, key), waitMs: retryAfter(headers, Date.now()) };
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

async function textWithin(response: Response, most: number): Promise<string> {
  if (most === Infinity || response.body === null) return response.text();
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body) {
    size += chunk.length;
    // leaving the loop cancels the reply
    if (size > most) throw new AskFailure(`the reply is longer than ${most} bytes`, { again: false });
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
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

/** The value of a JSON text; undefined if it is not JSON. */
export function jsonOr(text: string): unknown {
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
