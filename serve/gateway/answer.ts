import type { FastifyReply, FastifyRequest } from 'fastify';
import { VouchError } from '../../support/errors.js';
import { collected } from '../http/collect-body.js';
import { inTurns } from '../work/in-turns.js';
import type { Api } from './apis/api.js';
import type { GatewayParts } from './parts.js';
import { pass } from './pass.js';
import { passStream } from './stream.js';
import type { Answered } from './upstream/answered.js';
import { type Ask, readAskSteps } from './upstream/ask.js';
import { askUpstream } from './upstream/ask-upstream.js';
import { repliedHeaders } from './upstream/upstream.js';
import { act } from './verdict/act.js';
import { headersOf, NO_ANSWER, UNSCORED, unreadField } from './verdict/field.js';
import type { VouchField } from './verdict/vouch-field.js';
import { readWhole } from './whole.js';
import { isEventStream } from './wire/is-event-stream.js';
import { withheld } from './withheld.js';

/**
 * One request to an API whose answers are scored: the gateway adds log-probabilities, sends it on, and scores the
 * answer. What cannot be scored passes unchanged, or is replaced under --strict. Errors: UpstreamFailure, TOO_LARGE,
 * BUSY; BAD_REQUEST under --strict if the body is not a request of the API.
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
  const bytes = await collected(request, options.bodyLimit);
  request.admit();
  const ask = await inTurns(readAskSteps(bytes, api), signal);
  if (ask === null) {
    if (options.strict) throw noRequest(api);
    const got = await upstream.send({ method: 'POST', path, headers, body: bytes, signal });
    const { statusCode: status, body } = got;
    return pass({ status, headers: got.headers as typeof headers, body }, reply, { more: UNSCORED, options });
  }
  const answered = await askUpstream(parts, ask, { upstream, model: null, path, headers, signal });
  if (answered.status >= 400) return pass(answered, reply, { more: NO_ANSWER, options });
  if (answered.status !== 200 || answered.headers['content-encoding'] !== undefined) {
    return unread(parts, ask, answered, reply);
  }
  if (isEventStream(answered.headers) && !options.bufferStreams) {
    const { 'content-length': _, ...kept } = repliedHeaders(answered.headers);
    reply.raw.writeHead(200, kept);
    reply.hijack();
    reply.raw.flushHeaders();
    return passStream(parts, ask, answered, reply.raw, signal);
  }
  const whole = await readWhole(ask, answered, { bytes: options.bodyLimit, limits: options.limits });
  if ('passed' in whole) return unread(parts, ask, whole.passed, reply);
  const acted = await act(parts, ask, whole, { path, headers, signal });
  const { field, instead } = acted;
  if (instead !== null) return sendInstead(ask, reply, instead, { field, headers: acted.whole.headers });
  const { 'content-length': _, ...own } = repliedHeaders(acted.whole.headers);
  const body = await acted.whole.render(field, acted.replaced);
  signal.throwIfAborted();
  reply
    .code(200)
    .headers({ ...own, ...headersOf(field) })
    .send(body);
}

/** What cannot be read passes unchanged; under --strict, a text replaces it. */
async function unread(
  { options, count }: GatewayParts,
  ask: Ask,
  answered: Answered,
  reply: FastifyReply,
): Promise<void> {
  count(options.strict ? 'replaced' : 'unscored');
  if (!options.strict || options.abstainText === null) return pass(answered, reply, { more: UNSCORED, options });
  answered.discard();
  const field: VouchField = { ...unreadField(), replaced: true };
  sendInstead(ask, reply, options.abstainText, { field, headers: answered.headers });
}

function sendInstead(
  ask: Ask,
  reply: FastifyReply,
  text: string,
  { field, headers }: { field: VouchField; headers: Answered['headers'] },
): void {
  const stream = ask.body.stream === true;
  const { type, body } = withheld(ask, text, { field, stream });
  const kept = Object.entries(repliedHeaders(headers)).filter(([name]) => !OF_BODIES.test(name));
  reply
    .code(200)
    .headers({ ...Object.fromEntries(kept), 'content-type': type, ...headersOf(field) })
    .send(body);
}

/** Headers that describe one particular body. */
const OF_BODIES = /^(?:content-.*|etag|last-modified|accept-ranges|location|digest|repr-digest)$/i;

function noRequest({ format }: Api): VouchError {
  return new VouchError(
    'BAD_REQUEST',
    '--strict requires a request whose answer can be scored, and this body is not one',
    {
      expected: `a request in the format ${format}, as uncompressed JSON in UTF-8`,
    },
  );
}
