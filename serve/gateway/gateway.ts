import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { Counter } from 'prom-client';
import { VouchError } from '../../support/errors.js';
import { withDashboard } from '../dashboard/with-dashboard.js';
import { errorBody } from '../http/error-reply.js';
import { openWatched } from '../open-watched.js';
import { type GatewayOptions, gatewayDefaults, serveDefaults } from '../options.js';
import { askedOfGateway } from '../store/asked.js';
import { feedbackRoute } from '../store/feedback-route.js';
import { checkAllowed } from './allowed.js';
import { answer } from './answer.js';
import { apiOf } from './apis/list.js';
import { type GatewayParts, OUTCOMES } from './parts.js';
import { pass } from './pass.js';
import { openFollowing } from './policy/open-following.js';
import { logprobsMemory } from './upstream/logprobs-memory.js';
import { newAgent, type Sent, UpstreamFailure, upstreamOf } from './upstream/upstream.js';
import { UNSCORED } from './verdict/field.js';

/** The gateway, before it listens. Errors: those of opening the bundle; BAD_USAGE. `app.close()` closes everything. */
export async function openGateway(given: GatewayOptions): Promise<{ app: FastifyInstance; retire(): void }> {
  const options = closed(given);
  const agent = newAgent(options.timeout);
  const guarded = options.keys.length > 0;
  const upstream = upstreamOf(agent, options.upstream, guarded);
  const { escalate } = options;
  // A client's key is only for the upstream that the client knows.
  const elsewhere = escalate !== null && escalate.endpoint.url !== options.upstream.url;
  const second =
    escalate === null
      ? null
      : { upstream: upstreamOf(agent, escalate.endpoint, guarded || elsewhere), model: escalate.model };
  const { policy } = options;
  const follower = policy === undefined ? null : await openFollowing({ ...options, policy }, agent);
  const { app, metrics, live, keeper, telemetry, shadow, ready, retire, unwatch } = await openWatched(
    options,
    (log, loaded) => {
      log.info({ version: loaded.version, digest: loaded.scorer.digest }, 'bundle in use');
      for (const note of loaded.policy?.notes ?? []) log.warn({ version: loaded.version }, note);
    },
    follower?.read,
  );
  const answers = new Counter({
    name: 'vouch_gateway_answers_total',
    help: 'Answers by what happened to them.',
    labelNames: ['outcome'],
    registers: [metrics.registry],
  });
  // Prometheus sees the first of them only if it saw 0 before
  for (const outcome of OUTCOMES) answers.inc({ outcome }, 0);
  const parts: GatewayParts = {
    keeper,
    telemetry,
    options,
    live,
    upstream,
    second,
    following: follower?.parts(metrics.registry, live),
    memoryOf: logprobsMemory(),
    learnt: (model, most) =>
      app.log.warn({ model, most }, 'the upstream refuses log-probabilities: requesting fewer or none'),
    judge: {
      live,
      task: options.task,
      limits: options.limits,
      logRecords: options.logRecords,
      scored: (record, score) => {
        metrics.scored(score);
        if (options.logRecords) app.log.info({ record, score }, 'scored');
        shadow?.scored(record, score);
      },
      failed: (error) => {
        const code = error instanceof VouchError ? error.code : error instanceof Error ? error.name : 'unknown';
        // only the code, because the message may quote the answer
        app.log.error({ code }, 'an answer could not be scored');
      },
    },
    count: (outcome) => answers.inc({ outcome }),
  };
  app.get('/vouch/health/live', { config: { access: 'open' } }, (_, reply) => void reply.send({ live: true }));
  app.get('/vouch/health/ready', { config: { access: 'open' } }, (_, reply) => {
    reply.code(ready() ? 200 : 503).send({ ready: ready() });
  });
  app.get('/vouch/metrics', { config: { reserved: true } }, async (_, reply) => {
    reply.header('content-type', metrics.registry.contentType);
    return metrics.registry.metrics();
  });
  if (keeper !== null) {
    const most = serveDefaults.mostRecords;
    app.register(async (inner) => feedbackRoute(inner, { keeper, path: '/vouch/feedback', most }));
  }
  withDashboard(app, { options, live, keeper, base: '/vouch/dashboard' });
  app.register(async (inner) => {
    inner.removeAllContentTypeParsers();
    inner.addContentTypeParser('*', (_, payload, done) => done(null, payload)); // bodies stream through
    inner.all('/*', { config: { streams: true } }, (request, reply) => forward(parts, request, reply));
  });
  app.addHook('onClose', async () => {
    await unwatch();
    await agent.destroy(); // nobody waits for an answer any more
    await live.close();
    await keeper?.close();
  });
  return { app, retire };
}

/**
 * `--strict` implies two other options: a replacement text, and streams that are held back until they are scored. Under
 * a policy, streams are held back too.
 */
function closed(options: GatewayOptions): GatewayOptions {
  if (!options.strict) return options.policy === undefined ? options : { ...options, bufferStreams: true };
  return { ...options, bufferStreams: true, abstainText: options.abstainText ?? gatewayDefaults.withheldText };
}

/**
 * Handles any request: answers of the listed APIs are scored, everything else passes. If the client closes its
 * connection, the request to the upstream is cancelled. So is whatever is left of its answer at the end: a body that
 * nobody reads would keep its connection open.
 */
async function forward(parts: GatewayParts, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const gone = new AbortController();
  reply.raw.once('close', () => {
    if (!reply.raw.writableFinished) gone.abort();
  });
  const { signal } = gone;
  try {
    const path = request.url.split('?', 1)[0];
    const { strict, allowPaths } = parts.options;
    if (strict) checkAllowed(request.method, path, allowPaths);
    const api = request.method === 'POST' ? apiOf(path) : undefined;
    if (api !== undefined) await answer(partsFor(parts, request), api, request, reply, signal);
    else {
      const { url, method, headers } = request.raw as { url: string; method: string; headers: typeof request.headers };
      request.admitWhenArrived();
      const body = (request.body as Sent['body'] | undefined) ?? null;
      const got = await parts.upstream.send({ method, path: url, headers, body, signal });
      const passed = { status: got.statusCode, headers: got.headers as typeof headers, body: got.body };
      await pass(passed, reply, { more: UNSCORED, options: parts.options });
    }
  } catch (error) {
    fail(error, request, reply, signal);
  } finally {
    gone.abort();
  }
  return reply;
}

/** The parts for one request, whose scores are stored under its tenant and told to OpenTelemetry. */
function partsFor(parts: GatewayParts, request: FastifyRequest): GatewayParts {
  const { keeper, telemetry, judge } = parts;
  if (keeper === null && telemetry === null) return parts;
  const stored = keeper === null ? judge.scored : askedOfGateway(keeper, request)(judge.scored);
  const scored = telemetry === null ? stored : telemetry.scored(request, stored);
  return { ...parts, judge: { ...judge, scored } };
}

/** If the client is gone or the answer has begun, closes the connection. Otherwise answers with the error. */
function fail(error: unknown, request: FastifyRequest, reply: FastifyReply, signal: AbortSignal): void {
  const torn = error instanceof Error && !(error instanceof VouchError) && !(error instanceof UpstreamFailure);
  if (torn)
    request.log.warn(
      { name: error.name, code: (error as NodeJS.ErrnoException).code },
      signal.aborted ? 'the client closed its connection' : 'an answer was cut off',
    );
  if (signal.aborted || reply.sent || reply.raw.headersSent) {
    if (!reply.sent) reply.hijack();
    reply.raw.destroy();
    return;
  }
  if (error instanceof VouchError) throw error;
  const failure =
    error instanceof UpstreamFailure
      ? error
      : new UpstreamFailure(502, 'the upstream did not finish its answer', error);
  reply
    .code(failure.status)
    .header('content-type', 'application/json')
    .send(Buffer.from(errorBody(new VouchError('ENDPOINT_FAILED', failure.message), false)));
}
