import { setTimeout as sleep } from 'node:timers/promises';
import PQueue from 'p-queue';
import pRetry from 'p-retry';
import type { Random } from '../../support/random.js';
import { type ChatReply, type ChatRequest, chatReplySchema } from './chat.js';
import { endpointUrl } from './endpoint-url.js';
import { AskFailure, mayTryAgain, retryAfter } from './failure.js';
import { type Limits, learnLimit, noLimits, wireBody } from './limits.js';

export interface ClientOptions {
  endpoints: readonly string[];
  model: string;
  /** Never logged; taken out of any message an endpoint sends back. */
  key: string | undefined;
  retries: number;
  /** Seconds a request may take. */
  timeout: number;
  /** Requests a second over all endpoints, retries included. */
  rate?: number;
  random: Random;
  /** Ends requests in flight at once. */
  abort?: AbortSignal;
}

/** What the client did: shown in the summary. */
export interface ClientCounts {
  requests: number;
  retries: number;
  promptTokens: number;
  completionTokens: number;
}

/** One endpoint: how much is in flight there, and until when (ms) it asked to be left alone. */
export interface Seat {
  url: string;
  busy: number;
  heldUntil: number;
}

/** An asker of one model behind one or more like endpoints. */
export interface Client {
  readonly model: string;
  readonly counts: ClientCounts;
  readonly limits: Limits;
  /** What was learnt about the endpoint on the way, each once. */
  readonly notes: Set<string>;
  /** Runs `work` at the endpoint with the least in flight, so that all requests of one question meet a warm cache. */
  at<T>(work: (chat: Chat) => Promise<T>): Promise<T>;
}

/** Sends one request; retries with back-off, moving on to the next endpoint. Throws AskFailure when all tries failed. */
export type Chat = (request: ChatRequest) => Promise<ChatReply>;

const FIRST_WAIT = 500;
const LONGEST_WAIT = 30_000;

export function openClient(options: ClientOptions): Client {
  const seats = options.endpoints.map((endpoint): Seat => ({ url: endpointUrl(endpoint), busy: 0, heldUntil: 0 }));
  const counts: ClientCounts = { requests: 0, retries: 0, promptTokens: 0, completionTokens: 0 };
  const notes = new Set<string>();
  const limits = noLimits();
  const pace = options.rate === undefined ? undefined : new PQueue({ interval: 1000 / options.rate, intervalCap: 1 });
  let turn = 0;

  const take = (): Seat => {
    const order = seats.map((_, i) => seats[(turn + i) % seats.length]);
    turn++;
    return order.reduce((best, seat) => (seat.busy < best.busy ? seat : best));
  };

  const tryOnce = async (request: ChatRequest, seat: Seat): Promise<ChatReply> => {
    for (;;) {
      const held = seat.heldUntil - Date.now();
      if (held > 0) await sleep(held, undefined, { signal: options.abort });
      await pace?.add(() => {}, { signal: options.abort });
      const body = wireBody(request, options.model, limits);
      counts.requests++;
      const result = await post(seat.url, body, options);
      if ('reply' in result) {
        counts.promptTokens += result.reply.usage?.prompt_tokens ?? 0;
        counts.completionTokens += result.reply.usage?.completion_tokens ?? 0;
        return result.reply;
      }
      const { status, message, waitMs } = result;
      const learnt = status === 400 || status === 422 ? learnLimit(limits, body, message) : undefined;
      if (learnt === undefined) {
        if (waitMs > 0) seat.heldUntil = Math.max(seat.heldUntil, Date.now() + waitMs);
        throw new AskFailure(`${status} ${message}`.trim(), { status, again: mayTryAgain(status), waitMs });
      }
      notes.add(learnt);
    }
  };

  const chatFrom = (first: Seat): Chat => {
    return (request) => {
      const start = seats.indexOf(first);
      const attempt = (tries: number) => tryOnce(request, seats[(start + tries - 1) % seats.length]);
      return pRetry(attempt, {
        retries: options.retries,
        minTimeout: 0,
        signal: options.abort,
        shouldRetry: ({ error }) => error instanceof AskFailure && error.again,
        onFailedAttempt: async ({ error, attemptNumber, retriesLeft }) => {
          if (!(error instanceof AskFailure) || !error.again || retriesLeft === 0) return;
          counts.retries++;
          const backOff = Math.min(FIRST_WAIT * 2 ** (attemptNumber - 1), LONGEST_WAIT) * (0.5 + options.random.next());
          await sleep(seats.length > 1 ? backOff : Math.max(backOff, error.waitMs), undefined, {
            signal: options.abort,
          });
        },
      });
    };
  };

  const at = async <T>(work: (chat: Chat) => Promise<T>): Promise<T> => {
    const seat = take();
    seat.busy++;
    try {
      return await work(chatFrom(seat));
    } finally {
      seat.busy--;
    }
  };
  return { model: options.model, counts, limits, notes, at };
}

type Posted = { reply: ChatReply } | { status: number; message: string; waitMs: number };

/** One HTTP round: the reply, or the refusal with its message; network errors, time-outs and torn bodies throw. */
async function post(url: string, body: Record<string, unknown>, options: ClientOptions): Promise<Posted> {
  const timeout = AbortSignal.timeout(options.timeout * 1000);
  const signal = options.abort === undefined ? timeout : AbortSignal.any([timeout, options.abort]);
  const headers: Record<string, string> = { 'content-type': 'application/json' };
  if (options.key !== undefined) {
    headers.authorization = `Bearer ${options.key}`;
    if (/\.azure\.com$/.test(new URL(url).hostname)) headers['api-key'] = options.key;
  }
  let response: Response;
  let text: string;
  try {
    response = await fetch(url, { method: 'POST', headers, body: JSON.stringify(body), signal });
    text = await response.text();
  } catch (error) {
    options.abort?.throwIfAborted();
    const reason = timeout.aborted ? `no answer within ${options.timeout} s` : networkReason(error);
    throw new AskFailure(hide(reason, options.key), { again: true, cause: error });
  }
  if (!response.ok) {
    const waitMs = retryAfter(response.headers, Date.now());
    return { status: response.status, message: hide(refusalOf(text), options.key), waitMs };
  }
  const parsed = chatReplySchema.safeParse(jsonOr(text, undefined));
  if (parsed.success) return { reply: parsed.data };
  throw new AskFailure(`not a chat completion: ${hide(text.slice(0, 120), options.key)}`, { again: true });
}

function jsonOr<T>(text: string, otherwise: T): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return otherwise;
  }
}

/** The message in an error body, which endpoints lay out in several ways; else the start of the body. */
function refusalOf(text: string): string {
  const body = jsonOr(text, undefined) as
    | { error?: { message?: unknown } | string; message?: unknown; detail?: unknown }
    | undefined;
  const error = body?.error;
  const message = (typeof error === 'object' ? error?.message : error) ?? body?.message ?? body?.detail ?? text;
  return (typeof message === 'string' ? message : JSON.stringify(message)).replace(/\s+/g, ' ').slice(0, 300);
}

function networkReason(error: unknown): string {
  const cause = (error as { cause?: { code?: string; message?: string } }).cause;
  return cause?.code ?? cause?.message ?? (error instanceof Error ? error.message : String(error));
}

function hide(text: string, key: string | undefined): string {
  return key === undefined || key === '' ? text : text.replaceAll(key, '***');
}
