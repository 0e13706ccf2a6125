import { setMaxListeners } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import PQueue from 'p-queue';
import type { ChatReply, ChatRequest } from './chat.js';
import { endpointUrl } from './endpoint-url.js';
import { AskFailure, mayTryAgain } from './failure.js';
import { type Limits, learnLimit, noLimits, wireBody } from './limits.js';
import { ENOUGH, logprobsLearner, type Troubles } from './logprobs-learner.js';
import { type Lesson, logprobsLesson } from './logprobs-lesson.js';
import { type Patience, withRetries } from './patience.js';
import { type PostOptions, post } from './post.js';

interface ClientOptions extends PostOptions, Patience {
  endpoints: readonly string[];
  model: string;
  /** Requests per second over all endpoints, retries included. */
  rate?: number;
}

/** Counts for the summary of a run. */
export interface ClientCounts {
  requests: number;
  retries: number;
  promptTokens: number;
  completionTokens: number;
}

/**
 * Sends one request. Each retry waits longer and goes to the next endpoint. Throws AskFailure when all tries failed.
 */
export type Chat = (request: ChatRequest) => Promise<ChatReply>;

/** Sends requests to one model behind one or more equivalent endpoints. */
export interface Client {
  readonly model: string;
  readonly counts: ClientCounts;
  readonly limits: Limits;
  /**
   * Runs `work` at the endpoint with the fewest requests in flight. All requests of one question go there, so that they
   * profit from its prompt cache.
   */
  at<T>(work: (chat: Chat) => Promise<T>): Promise<T>;
}

/** One endpoint: how many questions use it now, and until when (ms since 1970) it asked not to be called. */
interface Seat {
  url: string;
  busy: number;
  heldUntil: number;
}

export function openClient(options: ClientOptions): Client {
  const { abort, model } = options;
  const seats = options.endpoints.map((endpoint): Seat => ({ url: endpointUrl(endpoint), busy: 0, heldUntil: 0 }));
  const counts: ClientCounts = { requests: 0, retries: 0, promptTokens: 0, completionTokens: 0 };
  const limits = noLimits();
  const learn = logprobsLearner(limits);
  const pace =
    options.rate === undefined
      ? undefined
      : new PQueue({ interval: 1000 / options.rate, intervalCap: 1, strict: true });
  if (abort !== undefined) setMaxListeners(0, abort);
  let turn = 0;

  const round = async (body: Record<string, unknown>, seat: Seat): Promise<ChatReply | AskFailure> => {
    const held = seat.heldUntil - Date.now();
    if (held > 0) await sleep(held, undefined, { signal: abort });
    await pace?.add(() => {}, { signal: abort });
    counts.requests++;
    try {
      const posted = await post(seat.url, body, options);
      if ('reply' in posted) return posted.reply;
      const { status, message, waitMs } = posted;
      seat.heldUntil = Math.max(seat.heldUntil, Date.now() + waitMs);
      return new AskFailure(`${status} ${message}`.trim(), { status, again: mayTryAgain(status) });
    } catch (error) {
      if (error instanceof AskFailure) return error;
      throw error;
    }
  };

  /**
   * One try. If the endpoint refuses a value, the request is sent again within the limit that the refusal names. If
   * log-probabilities may be the reason for a failure, the request is sent without them: at once where no further try
   * is left or useful, otherwise in the next try after ENOUGH failures.
   */
  const tryOnce = async (request: ChatRequest, seat: Seat, troubles: Troubles, left: number): Promise<ChatReply> => {
    const plain = troubles.failed >= ENOUGH && !troubles.plainFailed;
    let most = plain ? 0 : limits.topLogprobs;
    let lesson: Lesson = plain ? { kind: 'failed' } : null;
    for (;;) {
      const body = wireBody(request, model, { ...limits, topLogprobs: most });
      const top = typeof body.top_logprobs === 'number' ? body.top_logprobs : 0;
      const got = await round(body, seat);
      if (!(got instanceof AskFailure)) {
        learn(lesson, top, most);
        counts.promptTokens += got.usage?.prompt_tokens ?? 0;
        counts.completionTokens += got.usage?.completion_tokens ?? 0;
        return got;
      }
      const { status, message, again } = got;
      const next = top > 0 ? logprobsLesson(status, message, top) : null;
      if (next?.kind === 'refused') most = next.most;
      else if ((status === 400 || status === 422) && learnLimit(limits, body, message)) continue;
      else if (next === null) {
        if (lesson !== null) troubles.plainFailed = true;
        throw got;
      } else {
        troubles.failed++;
        if ((again && left > 0) || troubles.plainFailed) throw got;
        most = 0;
      }
      lesson = next;
    }
  };

  const chatFrom = (first: number): Chat => {
    const { retries } = options;
    return (request) => {
      const troubles: Troubles = { failed: 0, plainFailed: false };
      const seat = (attempt: number) => seats[(first + attempt - 1) % seats.length];
      const once = (attempt: number) => tryOnce(request, seat(attempt), troubles, retries + 1 - attempt);
      return withRetries(once, options, () => counts.retries++);
    };
  };

  const at = async <T>(work: (chat: Chat) => Promise<T>): Promise<T> => {
    let best = turn++ % seats.length;
    for (let i = 0; i < seats.length; i++) if (seats[i].busy < seats[best].busy) best = i;
    seats[best].busy++;
    try {
      return await work(chatFrom(best));
    } finally {
      seats[best].busy--;
    }
  };
  return { model, counts, limits, at };
}
