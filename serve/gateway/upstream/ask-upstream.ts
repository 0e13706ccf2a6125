import type { IncomingHttpHeaders } from 'node:http';
import { type Lesson, logprobsLesson } from '../../../data/ask/endpoint/logprobs-lesson.js';
import { inTurns } from '../../work/in-turns.js';
import type { GatewayParts } from '../parts.js';
import type { Answered } from './answered.js';
import { type Ask, topWanted, wireSteps } from './ask.js';
import { type Examined, examine } from './examine.js';
import { learn } from './logprobs-memory.js';
import { unpacked } from './unpacked.js';
import { type Upstream, UpstreamFailure } from './upstream.js';

export interface Route {
  upstream: Upstream;
  model: string | null;
  path: string;
  headers: IncomingHttpHeaders;
  signal: AbortSignal;
}

/**
 * Sends a request to an upstream with log-probabilities added. If that fails and they may be the reason, sends it again
 * with as many as the upstream names, or with none. If the second request succeeds, the reason is remembered. A request
 * in the client's own words is never sent twice, and its failure is the answer. Errors: UpstreamFailure; those of the
 * connection.
 */
export async function askUpstream(parts: GatewayParts, ask: Ask, route: Route): Promise<Answered> {
  const { live, memoryOf, options, learnt } = parts;
  const model = route.model ?? ask.model;
  const memory = memoryOf(route.upstream.origin, ask.api.format, model);
  const want = options.askLogprobs && ask.open ? topWanted(live.now.scorer.manifest) : null;
  let top = want === null ? 0 : Math.min(Math.max(want, 1), memory.most);
  let lesson: Lesson = null;
  for (;;) {
    const { text, added } = await inTurns(wireSteps(ask, top, route.model), route.signal);
    if (!added && lesson === null) return send(route, text, false, false);
    const tried = await attempt(parts, ask, route, text, { added, again: lesson !== null });
    const { failure } = tried;
    if (failure === null) {
      if (lesson === null) memory.failures = 0;
      else if (learn(memory, lesson)) learnt(model, memory.most);
      return take(tried);
    }
    const next = added ? logprobsLesson(failure.status, failure.message, top) : null;
    if (next === null) return take(tried);
    tried.answered?.discard();
    route.signal.throwIfAborted();
    // the limit that the upstream names is tried once; after that, nothing is added
    top = next.kind === 'refused' && next.named && lesson === null ? next.most : 0;
    lesson = next;
  }
}

/** An attempt. If its connection failed, it has an error instead of an answer. */
type Tried = Examined | { answered: null; failure: NonNullable<Examined['failure']>; error: unknown };

async function attempt(
  { options }: GatewayParts,
  { api }: Ask,
  route: Route,
  text: string,
  { added, again }: { added: boolean; again: boolean },
): Promise<Tried> {
  try {
    return await examine(api, await send(route, text, added, again), {
      bytes: options.bodyLimit,
      limits: options.limits,
    });
  } catch (error) {
    route.signal.throwIfAborted();
    if (error instanceof UpstreamFailure && error.unreached) throw error;
    return { answered: null, failure: { status: undefined, message: String(error) }, error };
  }
}

function take(tried: Tried): Answered {
  if (tried.answered === null) throw tried.error;
  return tried.answered;
}

async function send(route: Route, text: string, added: boolean, again: boolean): Promise<Answered> {
  const { upstream, path, signal } = route;
  const headers: IncomingHttpHeaders = {
    ...route.headers,
    'accept-encoding': 'identity',
    'content-type': 'application/json',
  };
  // an upstream must not treat the second body as a repetition of the first
  const key = headers['idempotency-key'];
  if (again && typeof key === 'string') headers['idempotency-key'] = `${key}-plain`;
  const reply = await upstream.send({ method: 'POST', path, headers, body: text, signal });
  const { headers: own, body } = unpacked(reply.headers as IncomingHttpHeaders, reply.body);
  const discard = () => {
    for (const each of [body, reply.body]) each.on('error', () => {}).destroy(); // or an error ends the process
  };
  return { status: reply.statusCode, headers: own, body, added, discard };
}
