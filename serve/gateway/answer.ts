import type { Readable } from 'node:stream';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { DRAINED } from '../http/collect-body.js';
import type { Api } from './apis/api.js';
import type { GatewayParts } from './parts.js';
import { pass } from './pass.js';
import { passStream } from './stream.js';
import { readAsk } from './upstream/ask.js';
import { askUpstream } from './upstream/ask-upstream.js';
import { passedOn } from './upstream/upstream.js';
import { act } from './verdict/act.js';
import { headersOf, NO_ANSWER, UNSCORED } from './verdict/field.js';
import { readWhole } from './whole.js';
import { isEventStream } from './wire/is-event-stream.js';
import { readAll } from './wire/read-all.js';

/**
 * One request of an API whose answers are scored: asked with log-probabilities, passed on, scored. Whatever cannot be scored passes
 * as it is. Errors: UpstreamFailure, TOO_LARGE.
 */
export async function answer(
  parts: GatewayParts,
  api: Api,
  request: FastifyRequest,
  reply: FastifyReply,
  signal: AbortSignal,
): Promise<void> {
  const { options, upstream } = parts;
  const { url: path, headers } = request.raw as { url: string; headers: typeof request.headers };
  const bytes = await readAll(request.body as Readable | undefined, options.bodyLimit, DRAINED);
  const ask = readAsk(bytes, api);
  if (ask === null) {
    const got = await upstream.send({ method: 'POST', path, headers, body: bytes, signal });
    return pass({ status: got.statusCode, headers: got.headers as typeof headers, body: got.body }, reply, UNSCORED);
  }
  const answered = await askUpstream(parts, ask, { upstream, model: null, path, headers, signal });
  if (answered.status !== 200) return pass(answered, reply, answered.status >= 400 ? NO_ANSWER : UNSCORED);
  if (answered.headers['content-encoding'] !== undefined) return pass(answered, reply, UNSCORED);
  const { 'content-length': _, ...kept } = passedOn(answered.headers);
  if (isEventStream(answered.headers) && !options.bufferStreams) {
    reply.hijack();
    reply.raw.writeHead(200, kept);
    reply.raw.flushHeaders();
    return passStream(parts, ask, answered, reply.raw, signal);
  }
  const whole = await readWhole(ask, answered, options.bodyLimit);
  if ('passed' in whole) {
    parts.count('unscored');
    return pass(whole.passed, reply, UNSCORED);
  }
  const acted = await act(parts, ask, whole, { path, headers, signal });
  const { 'content-length': __, ...own } = passedOn(acted.whole.headers);
  reply
    .code(200)
    .headers({ ...own, ...headersOf(acted.field) })
    .send(acted.whole.render(acted.field, acted.replaced));
}
